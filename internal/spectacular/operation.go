package spectacular

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"akita/internal/compare"
	"akita/internal/report"
)

// part is a part of an operation that findings are about.
type part struct{ in, name, status string }

// The parts beside parameters and headers.
var (
	requestPart  = part{in: "request"}
	responsePart = part{in: "response"}
	authPart     = part{in: "auth"}
)

// operation is an operation of the patched document, with the parts that differ from the declared one.
type operation struct {
	view

	sites  []site
	object object // describes all sites
	isNew  bool   // the document lacks one
	parts  []part
	notes  []compare.Finding // that somebody has to judge

	isChanged bool
}

func (o *operation) has(p part) bool { return o.isNew || slices.Contains(o.parts, p) }

// comments tell who reads the decorator what to decide.
func (o *operation) comments() (out []string) {
	if len(o.sites) > 1 {
		out = append(out, "It answers "+strings.Join(paths(o.sites), " and ")+", which have one description.")
	}
	if len(o.notes) > 0 {
		out = append(out, "Decide:")
	}
	for _, f := range o.notes {
		out = append(out, "- "+report.Clause(f))
	}
	return out
}

// decorator returns the extend_schema of the operation.
func (w *writer) decorator(o *operation) expr {
	e := call("extend_schema")
	if o.isAction() {
		e = e.with("methods", list(atom(quote(o.method))))
	}
	if o.isNew {
		e = e.with("exclude", atom("False"))
	}
	if parameters := w.parameters(o); len(parameters.items) > 0 {
		e = e.with("parameters", parameters)
	}
	if o.has(requestPart) {
		if body := w.resolved(o.object.Object("requestBody")); len(body) > 0 {
			e = e.with("request", w.request(o, body))
		} else {
			e = e.with("request", atom("None"))
		}
	}
	if o.has(responsePart) {
		e = e.with("responses", w.responses(o))
	}
	if o.has(authPart) {
		e = e.with("auth", literal(w.security(o.object)))
	}
	return e
}

// parameters returns the parameters that differ, and the headers of responses that do.
func (w *writer) parameters(o *operation) expr {
	out := list()
	for _, value := range o.object.List("parameters") {
		p, _ := value.(object)
		at := part{in: p.Text("in"), name: p.Text("name")}
		if at.in == "path" && o.isNew || !o.has(at) {
			continue // the route has the parameters of the path
		}
		e := call("OpenApiParameter", atom(quote(at.name)), w.parameterType(p.Object("schema")))
		if at.in != "query" {
			e.items = append(e.items, item{value: atom("OpenApiParameter." + strings.ToUpper(at.in))})
		}
		if p.Get("required") == true && at.in != "path" {
			e = e.with("required", atom("True"))
		}
		if text := p.Text("description"); text != "" {
			e = e.with("description", atom(quote(text)))
		}
		for _, name := range []string{"style", "explode"} {
			if value := p.Get(name); value != nil {
				e = e.with(name, literal(value))
			}
		}
		out.items = append(out.items, item{value: e})
	}
	for status, value := range o.object.Object("responses").All() {
		response, _ := value.(object)
		for name, value := range w.resolved(response).Object("headers").All() {
			if !o.has(part{"header", strings.ToLower(name), status}) && !slices.Contains(o.parts, part{"status", "", status}) {
				continue
			}
			header, _ := value.(object)
			e := call("OpenApiParameter", atom(quote(name)), w.parameterType(w.resolved(header).Object("schema")),
				atom("OpenApiParameter.HEADER")).with("response", list(atom(code(status))))
			out.items = append(out.items, item{value: e})
		}
	}
	return out
}

// basicTypes are the names of types, by type and format.
var basicTypes = map[[2]string]string{
	{"string", ""}: "STR", {"integer", ""}: "INT", {"number", ""}: "NUMBER", {"boolean", ""}: "BOOL",
	{"string", "uuid"}: "UUID", {"string", "uri"}: "URI", {"string", "email"}: "EMAIL",
	{"string", "date-time"}: "DATETIME", {"string", "date"}: "DATE", {"string", "time"}: "TIME",
	{"string", "duration"}: "DURATION", {"string", "ipv4"}: "IP4", {"string", "ipv6"}: "IP6",
	{"string", "binary"}: "BINARY",
}

// basic returns the name of the type of a schema that has no other keywords.
func (w *writer) basic(schema object) (e expr, ok bool) {
	s, _ := w.inlined(schema).(object)
	if len(s) == 0 {
		return atom("OpenApiTypes.ANY"), true
	}
	name := basicTypes[[2]string{s.Text("type"), s.Text("format")}]
	isOther := slices.ContainsFunc(s, func(m member) bool { return m.Key != "type" && m.Key != "format" })
	return atom("OpenApiTypes." + name), name != "" && !isOther
}

// parameterType returns the type of a parameter, or its schema.
func (w *writer) parameterType(schema object) expr {
	if e, ok := w.basic(schema); ok {
		return e
	}
	return literal(w.inlined(schema))
}

// request returns the body by media type.
func (w *writer) request(o *operation, body object) expr {
	out := expr{open: "{", end: "}"}
	for mediaType, value := range body.Object("content").All() {
		content, _ := value.(object)
		schema := content.Object("schema")
		e := w.body(schema, o.hint("request"), false)
		p := w.plain(schema)
		if body.Get("required") != true && (len(p.List("required")) > 0 || p.Get("type") == "array") {
			e = literal(w.inlined(schema)) // a list, or a serializer with required fields, makes the body required
		}
		out.items = append(out.items, item{before: quote(mediaType) + ": ", value: e})
	}
	return out
}

// responses returns the bodies by status and media type.
func (w *writer) responses(o *operation) expr {
	out := expr{open: "{", end: "}"}
	for status, value := range o.object.Object("responses").All() {
		response, _ := value.(object)
		response = w.resolved(response)
		description := response.Text("description")
		content := response.Object("content")
		if len(content) == 0 {
			e := call("OpenApiResponse")
			if description != "" {
				e = e.with("description", atom(quote(description)))
			}
			out.items = append(out.items, item{before: code(status) + ": ", value: e})
			continue
		}
		isList := o.isList() && strings.HasPrefix(status, "2")
		for mediaType, value := range content.All() {
			of, _ := value.(object)
			e := w.body(of.Object("schema"), o.hint("response"+status), isList)
			if description != "" {
				e = call("OpenApiResponse", e).with("description", atom(quote(description)))
			}
			out.items = append(out.items, item{before: "(" + code(status) + ", " + quote(mediaType) + "): ", value: e})
		}
	}
	return out
}

// code returns a status as a key: a number, or a text for "default" and "4XX".
func code(status string) string {
	if _, err := strconv.Atoi(status); err == nil {
		return status
	}
	return quote(status)
}

// hint returns a name for a schema that has none.
func (o *operation) hint(direction string) string {
	name := strings.TrimSuffix(strings.TrimSuffix(o.name, "ViewSet"), "View")
	return fmt.Sprintf("%s %s %s", name, o.handler, direction)
}

// body returns a serializer for the schema of a body, a basic type, or the schema itself. isList reports
// whether drf-spectacular makes a list of what does not say that it is none.
func (w *writer) body(schema object, hint string, isList bool) expr {
	if e, ok := w.basic(schema); ok {
		return e
	}
	p := w.plain(schema)
	if !p.isNullable {
		if class := w.classOf(p, hint); class != nil {
			class.isOne = class.isOne || isList
			return atom(class.name)
		}
		if p.Get("type") == "array" && has(p, "items") {
			return w.listBody(p, hint)
		}
		if e, ok := w.variants(p, hint, isList); ok {
			return e
		}
	}
	if isList {
		return atom(w.one(schema, hint).name)
	}
	return literal(w.inlined(schema))
}

// variants returns the serializer for one of several objects, false if the schema is of other values.
// drf-spectacular has one name for the enums of a field that several variants in one schema have.
func (w *writer) variants(p plain, hint string, isList bool) (e expr, ok bool) {
	of := p.List("oneOf")
	if len(of) < 2 || !has(p, "oneOf", "discriminator") {
		return expr{}, false
	}
	objects := make([]plain, len(of))
	for i := range of {
		schema, _ := of[i].(object)
		if objects[i] = w.plain(schema); objects[i].isNullable || !isRecord(objects[i]) {
			return expr{}, false
		}
	}
	e = call("PolymorphicProxySerializer").with("component_name", atom(quote(w.name("Observed"+title(hint)))))
	by, isBy := discriminated(p.Object("discriminator"), objects)
	serializers, field := list(), "None"
	if isBy {
		serializers, field = expr{open: "{", end: "}"}, quote(p.Object("discriminator").Text("propertyName"))
	}
	for i := range objects {
		one := item{value: atom(w.class(objects[i], hint+" "+strconv.Itoa(i+1)).name)}
		if isBy {
			one.before = quote(by[i]) + ": "
		}
		serializers.items = append(serializers.items, one)
	}
	e = e.with("serializers", serializers).with("resource_type_field_name", atom(field))
	if isList {
		e = e.with("many", atom("False"))
	}
	return e, true
}

// discriminated returns the values of a discriminator, false if it does not name each of the schemas.
func discriminated(by object, schemas []plain) (values []string, ok bool) {
	for _, s := range schemas {
		for value, ref := range by.Object("mapping").All() {
			text, _ := ref.(string)
			if s.component != "" && text[strings.LastIndex(text, "/")+1:] == s.component {
				values = append(values, value)
				break
			}
		}
	}
	return values, len(values) == len(schemas)
}

// listBody returns the serializer for a list.
func (w *writer) listBody(p plain, hint string) expr {
	items := w.plain(p.Object("items"))
	if class := w.classOf(items, hint+" item"); class != nil && !items.isNullable {
		return call(class.name).with("many", atom("True"))
	}
	child := atom("serializers.JSONField()")
	if of := p.Object("items"); len(of) > 0 {
		child, _ = w.field(of, hint+" item", true)
	}
	return call("serializers.ListSerializer").with("child", child)
}
