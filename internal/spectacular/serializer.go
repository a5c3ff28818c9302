package spectacular

import (
	"slices"
	"strconv"
	"strings"
)

// serializer is a class that is printed.
type serializer struct {
	name    string
	isOne   bool // a list view answers with it, and not with a list of it
	isField bool
	schema  object // of a field; of a serializer, what its fields do not say
	fields  []item
	late    []item // fields whose names Python does not allow, or whose class is not complete yet
}

// serializers are the classes for the schemas of a document.
type serializers struct {
	document

	classes []*serializer
	byRef   map[string]*serializer
	open    map[*serializer]bool // classes that are not complete
	names   map[string]bool      // of classes and components
}

// class returns the class for an object with fields. hint names one that is not a component.
func (s *serializers) class(p plain, hint string) *serializer {
	if p.component != "" {
		if c := s.byRef[p.component]; c != nil {
			return c
		}
		hint = p.component
	}
	c := &serializer{name: s.name("Observed"+title(hint)) + "Serializer"}
	if p.component != "" {
		s.byRef[p.component] = c
	}
	s.open[c] = true
	required := p.List("required")
	for name, value := range p.Object("properties").All() {
		of, _ := value.(object)
		field, isLate := s.field(of, hint+" "+name, slices.Contains(required, any(name)))
		one := item{before: name, value: field, comments: s.unknown(of)}
		if isLate || !isAttribute(name) {
			one.before = quote(name)
			c.late = append(c.late, one)
		} else {
			c.fields = append(c.fields, one)
		}
	}
	if values, ok := p.Get("additionalProperties").(object); ok {
		of, _ := s.inlined(values).(object)
		c.schema = object{}.With("additionalProperties", of)
	}
	delete(s.open, c)
	s.classes = append(s.classes, c)
	return c
}

// unknown tells what the calls do not show of a field; nothing if they show its type.
func (s *serializers) unknown(of object) []string {
	schema, _ := s.inlined(of).(object)
	_, isTyped := schema.Get("items").(object)
	switch {
	case schema.Get("type") == "null", schema.Get("nullable") == true && len(schema) == 1:
		return []string{"Calls show null only. Say which type it has."}
	case schema.Get("type") == "array" && !isTyped:
		return []string{"Calls show empty lists only. Say which elements it has."}
	}
	return nil
}

// name returns a name that no class and no component has.
func (s *serializers) name(base string) string {
	name := base
	for n := 2; s.names[name]; n++ {
		name = base + strconv.Itoa(n)
	}
	s.names[name] = true
	return name
}

// isAttribute reports whether a field can be an attribute of a class: it hides no name that the class uses.
func isAttribute(name string) bool {
	return isName(name) && !strings.HasPrefix(name, "__") && !strings.HasPrefix(name, "Observed") &&
		name != "serializers" && name != "get_fields"
}

// field returns the field for a schema. isLate reports whether it is of a class that is not complete yet.
func (s *serializers) field(of object, hint string, isRequired bool) (field expr, isLate bool) {
	p := s.plain(of)
	field, isLate, isPlain := s.bare(p, hint)
	if !isPlain {
		field = s.raw(of, hint)
	}
	isReadOnly := p.Get("readOnly") == true
	switch {
	case isReadOnly && isRequired:
		field = field.with("read_only", atom("True"))
	case !isRequired:
		field = field.with("required", atom("False"))
	}
	if p.Get("writeOnly") == true {
		field = field.with("write_only", atom("True"))
	}
	if isPlain && p.isNullable {
		field = field.with("allow_null", atom("True"))
	}
	return field, isLate
}

// fieldClasses are the classes of the fields for strings, by format.
var fieldClasses = map[string]string{
	"": "CharField", "date-time": "DateTimeField", "date": "DateField", "time": "TimeField",
	"uuid": "UUIDField", "email": "EmailField", "uri": "URLField",
}

// bare returns the field for a schema that is not marked; isPlain is false if only the schema says it.
func (s *serializers) bare(p plain, hint string) (field expr, isLate, isPlain bool) {
	t, _ := p.Get("type").(string)
	if t == "" && p.Get("properties") != nil {
		t = "object"
	}
	switch t {
	case "string":
		field, isPlain = text(p)
	case "integer", "number":
		field, isPlain = call("serializers."+map[string]string{"integer": "IntegerField", "number": "FloatField"}[t]),
			has(p, "minimum", "maximum")
		field = bounds(field, p, "min_value", "minimum", "max_value", "maximum")
	case "boolean":
		field, isPlain = call("serializers.BooleanField"), has(p)
	case "array":
		return s.array(p, hint)
	case "object":
		return s.object(p, hint)
	}
	return field, false, isPlain
}

// bounds adds the bounds that a schema has.
func bounds(field expr, p plain, pairs ...string) expr {
	for pair := range slices.Chunk(pairs, 2) {
		if value := p.Get(pair[1]); value != nil {
			field = field.with(pair[0], literal(value))
		}
	}
	return field
}

// has reports whether a schema has none but the keywords that fields express, and some of its own.
func has(p plain, own ...string) bool {
	usual := []string{
		"type", "nullable", "readOnly", "writeOnly", "description", "title", "default", "example", "examples",
		"deprecated", "$ref",
	}
	for key, value := range p.All() {
		isFree := key == "additionalProperties" && (value == true || value == false)
		isNumber := key == "format" && p.Get("type") != "string"
		if !isFree && !isNumber && !strings.HasPrefix(key, "x-") && !slices.Contains(usual, key) &&
			!slices.Contains(own, key) {
			return false
		}
	}
	return true
}

// text returns the field for strings.
func text(p plain) (field expr, isPlain bool) {
	if members := p.List("enum"); len(members) > 0 {
		choices := list()
		for _, m := range members {
			if _, ok := m.(string); !ok {
				return expr{}, false
			}
			choices.items = append(choices.items, item{value: literal(m)})
		}
		return call("serializers.ChoiceField").with("choices", choices), has(p, "enum")
	}
	class, isKnown := fieldClasses[p.Text("format")]
	field = bounds(call("serializers."+class), p, "min_length", "minLength", "max_length", "maxLength")
	return field, isKnown && has(p, "format", "minLength", "maxLength")
}

// array returns the field for arrays.
func (s *serializers) array(p plain, hint string) (field expr, isLate, isPlain bool) {
	if !has(p, "items") {
		return expr{}, false, false
	}
	items := p.Object("items")
	inner := s.plain(items)
	if class := s.classOf(inner, hint+" item"); class != nil && !inner.isNullable {
		return call(class.name).with("many", atom("True")), s.open[class], true
	}
	field = call("serializers.ListField")
	if len(items) > 0 {
		child, late := s.field(items, hint+" item", true)
		field, isLate = field.with("child", child), late
	}
	return field, isLate, true
}

// object returns the field for objects.
func (s *serializers) object(p plain, hint string) (field expr, isLate, isPlain bool) {
	if class := s.classOf(p, hint); class != nil {
		return call(class.name), s.open[class], true
	}
	if len(p.Object("properties")) > 0 || !has(p, "additionalProperties") {
		return expr{}, false, false
	}
	field = call("serializers.DictField")
	if values := p.Object("additionalProperties"); len(values) > 0 {
		child, late := s.field(values, hint+" value", true)
		field, isLate = field.with("child", child), late
	}
	return field, isLate, true
}

// classOf returns the class for an object that has fields, nil for another schema.
func (s *serializers) classOf(p plain, hint string) *serializer {
	if !isRecord(p) {
		return nil
	}
	return s.class(p, hint)
}

// isRecord reports whether a schema is of objects with fields, and of nothing else that a class cannot say.
func isRecord(p plain) bool {
	isObject := p.Get("type") == "object" || p.Get("type") == nil
	return isObject && len(p.Object("properties")) > 0 && has(p, "properties", "required", "additionalProperties")
}

// raw returns a field that is described by its schema.
func (s *serializers) raw(of object, hint string) expr {
	class := &serializer{name: s.name("Observed"+title(hint)) + "Field", isField: true}
	schema, _ := s.inlined(of).(object)
	class.schema = slices.DeleteFunc(schema, func(m member) bool { return m.Key == "readOnly" || m.Key == "writeOnly" })
	s.classes = append(s.classes, class)
	return call(class.name)
}

// one returns the class for a schema with which a list view answers, without being an object.
func (s *serializers) one(of object, hint string) *serializer {
	class := &serializer{name: s.name("Observed"+title(hint)) + "Serializer", isOne: true}
	class.schema, _ = s.inlined(of).(object)
	s.classes = append(s.classes, class)
	return class
}

// write writes the class.
func (c *serializer) write(b *strings.Builder) {
	if c.isField {
		call("@extend_schema_field", literal(c.schema)).write(b, 0, "", "")
		base := "JSONField"
		if c.schema.Get("type") == "string" {
			base = "CharField"
		}
		b.WriteString("class " + c.name + "(serializers." + base + "):\n    pass\n")
		return
	}
	if c.isOne {
		b.WriteString("@extend_schema_serializer(many=False)\n")
	}
	b.WriteString("class " + c.name + "(serializers.Serializer):\n")
	if len(c.fields)+len(c.late) == 0 {
		b.WriteString("    pass\n")
	}
	for _, f := range c.fields {
		f.writeAs(b, 4, f.before+" = ")
	}
	c.writeLate(b)
	if len(c.schema) > 0 {
		c.writeExtension(b)
	}
}

// writeLate writes the fields that cannot be attributes.
func (c *serializer) writeLate(b *strings.Builder) {
	if len(c.late) == 0 {
		return
	}
	if len(c.fields) > 0 {
		b.WriteString("\n")
	}
	b.WriteString("    def get_fields(self):\n        fields = super().get_fields()\n")
	for _, f := range c.late {
		f.writeAs(b, 8, "fields["+f.before+"] = ")
	}
	b.WriteString("        return fields\n")
}

// writeExtension writes what the fields do not say. drf-spectacular finds extensions by their base class.
func (c *serializer) writeExtension(b *strings.Builder) {
	b.WriteString("\n\nclass " + strings.TrimSuffix(c.name, "Serializer") + "Extension(OpenApiSerializerExtension):\n" +
		"    target_class = " + c.name + "\n\n    def map_serializer(self, auto_schema, direction):\n")
	schema := literal(c.schema)
	if len(c.fields)+len(c.late) > 0 {
		call("auto_schema._map_serializer", atom("self.target"), atom("direction")).
			with("bypass_extensions", atom("True")).write(b, 8, "schema = ", "")
		schema.items = append([]item{{value: atom("**schema")}}, schema.items...)
	}
	schema.write(b, 8, "return ", "")
}
