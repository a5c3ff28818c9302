package overlay

import (
	"fmt"
	"slices"

	"akita/internal/jsonschema"
)

// Join returns a schema that accepts what either of two inferred schemas accepts.
func Join(x, y jsonschema.Object) jsonschema.Object {
	a, isNullX := withoutNull(x)
	b, isNullY := withoutNull(y)
	switch {
	case fmt.Sprint(x) == fmt.Sprint(y):
		return x
	case isNullX || isNullY:
		return withNull(joined(a, b), isOld(x) || isOld(y))
	}
	return joined(a, b)
}

// joined joins schemas that do not accept null. nil accepts nothing.
func joined(x, y object) object {
	switch {
	case x == nil:
		return y
	case y == nil, fmt.Sprint(x) == fmt.Sprint(y):
		return x
	case len(x) == 0, len(y) == 0:
		return object{} // either accepts anything
	}
	s, t := x.Get("type"), y.Get("type")
	isPlain := hasOnly(x, "type", "format") && hasOnly(y, "type", "format")
	switch {
	case s == "object" && t == "object" && hasOnly(x, "type", "properties", "required") &&
		hasOnly(y, "type", "properties", "required"):
		return joinedObjects(x, y)
	case s == "array" && t == "array" && hasOnly(x, "type", "items") && hasOnly(y, "type", "items"):
		if x.Object("items") == nil || y.Object("items") == nil {
			return one("type", s)
		}
		return one("type", s).With("items", Join(x.Object("items"), y.Object("items")))
	case s == t && isPlain:
		return one("type", s)
	case isPlain && (s == "integer" && t == "number" || s == "number" && t == "integer"):
		return one("type", "number")
	}
	return one("anyOf", alternatives(x, y))
}

// alternatives returns the members of an anyOf for schemas, each once.
func alternatives(schemas ...object) (out []any) {
	for _, s := range schemas {
		variants := []any{s}
		if s.Get("anyOf") != nil && hasOnly(s, "anyOf") {
			variants = s.List("anyOf")
		}
		for _, v := range variants {
			if !slices.ContainsFunc(out, func(there any) bool { return fmt.Sprint(there) == fmt.Sprint(v) }) {
				out = append(out, v)
			}
		}
	}
	return out
}

// joinedObjects returns an object with the fields of both. What both require is required.
func joinedObjects(x, y object) object {
	var fields object
	for name, value := range x.Object("properties").All() {
		of, _ := value.(object)
		if other := y.Object("properties").Get(name); other != nil {
			of = Join(of, y.Object("properties").Object(name))
		}
		fields.Set(name, of)
	}
	for name, value := range y.Object("properties").All() {
		if fields.Get(name) == nil {
			fields.Set(name, value)
		}
	}
	out := one("type", "object").With("properties", fields)
	required := slices.DeleteFunc(slices.Clone(x.List("required")), func(name any) bool {
		return !slices.Contains(y.List("required"), name)
	})
	if len(required) > 0 {
		out.Set("required", required)
	}
	return out
}

func hasOnly(o object, keys ...string) bool {
	for key := range o.All() {
		if !slices.Contains(keys, key) {
			return false
		}
	}
	return true
}

// isOld reports whether a schema says by a member that it accepts null, as in OpenAPI 3.0.
func isOld(schema object) bool { return schema.Get("nullable") == true }

// withoutNull returns a schema that does not accept null, nil if it accepts nothing else; isNull reports
// whether it did.
func withoutNull(schema object) (out object, isNull bool) {
	if len(schema) == 0 {
		return schema, false
	}
	for key, value := range schema.All() {
		types, isList := value.([]any)
		switch {
		case key == "nullable":
			isNull = true
		case key == "type" && value == "null":
			isNull = true
		case key == "type" && isList && slices.Contains(types, any("null")):
			isNull = true
			types = slices.DeleteFunc(slices.Clone(types), func(t any) bool { return t == "null" })
			if len(types) == 1 {
				value = types[0]
			} else {
				value = types
			}
			out.Set(key, value)
		default:
			out.Set(key, value)
		}
	}
	return out, isNull
}

// withNull returns a schema that accepts null too.
func withNull(schema object, isOld bool) object {
	if isOld {
		return schema.With("nullable", true)
	}
	switch t := schema.Get("type").(type) {
	case string:
		if schema.Get("enum") != nil || schema.Get("const") != nil {
			break
		}
		out := slices.Clone(schema)
		for i := range out {
			if out[i].Key == "type" {
				out[i].Value = []any{t, "null"}
			}
		}
		return out
	case nil:
		if schema == nil {
			return one("type", "null")
		}
	}
	return one("anyOf", []any{schema, one("type", "null")})
}
