package score

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"akita/test/accuracy/truth"
)

// operation compares one operation with its match in the document. It skips operations that a
// document need not have.
func (s *scorer) operation(want *truth.Operation, got *operation) {
	if want.Exists != truth.Yes {
		return
	}
	s.pathParams(want, got)
	s.params(Query, want.Query, got, nil)
	s.params(Header, want.Header, got, want.Transport)
	s.params(Cookie, want.Cookie, got, nil)
	s.auth(want.Auth, got)
	s.bodies("request", want.Request, s.content(got.body["requestBody"]))
	if len(want.Request) > 0 {
		required := s.resolve(got.body["requestBody"])["required"] == true
		s.want(
			Required,
			required == (want.Required == truth.Yes),
			"request",
			fmt.Sprint(required),
			fmt.Sprint(want.Required == truth.Yes),
		)
	}
	s.responses(want, got)
}

func (s *scorer) pathParams(want *truth.Operation, got *operation) {
	var names []string
	for _, name := range parameter.FindAllString(got.path, -1) {
		names = append(names, strings.Trim(name, "{}"))
	}
	if anonymous(got.path) != anonymous(want.Template) {
		return // already counted as a missing operation
	}
	for i, p := range want.Path {
		param := got.param("path", names[i])
		place := "path {" + p.Name + "}"
		s.want(Path, param != nil, place, "", "a declared parameter")
		if param == nil {
			continue
		}
		schema := s.schema(param["schema"])
		s.want(
			Path,
			slices.Equal(schema.types(), p.Node.Types),
			place,
			strings.Join(schema.types(), "|"),
			strings.Join(p.Node.Types, "|"),
		)
		s.format(place, p.Node, &schema)
	}
}

func (s *scorer) params(in string, wanted []truth.Param, got *operation, open []string) {
	known := make(map[string]bool)
	for _, p := range wanted {
		known[strings.ToLower(p.Name)] = true
		if p.Seen == truth.No {
			s.want(in, got.param(in, p.Name) == nil, in+" "+p.Name, "a parameter", "part of the credential")
		}
		if p.Seen != truth.Yes {
			continue
		}
		place := in + " " + p.Name
		param := got.param(in, p.Name)
		s.want(in, param != nil, place, "", "the parameter")
		if param == nil {
			continue
		}
		required := param["required"] == true
		if p.Required != truth.Open {
			s.want(
				in,
				required == (p.Required == truth.Yes),
				place+" required",
				fmt.Sprint(required),
				fmt.Sprint(p.Required == truth.Yes),
			)
		}
		schema := s.schema(param["schema"])
		right := slices.Equal(schema.types(), p.Node.Types) ||
			p.Node.Also != "" && slices.Contains(schema.types(), p.Node.Also)
		s.want(in, right, place+" type", strings.Join(schema.types(), "|"), strings.Join(p.Node.Types, "|"))
		node := p.Node
		if node.Items != nil { // a repeated parameter
			node = node.Items
		}
		if slices.Contains(schema.types(), "array") {
			schema = s.schema(schema.items()...)
		}
		s.format(place, node, &schema)
		s.enum(place, node, &schema)
	}
	for _, p := range got.params {
		name := text(p["name"])
		if p["in"] == in && !known[strings.ToLower(name)] &&
			!slices.ContainsFunc(open, func(o string) bool { return strings.EqualFold(o, name) }) {
			s.wrong(in, in+" "+name, "a parameter that does not exist")
		}
	}
}

// responses compares statuses, media types and bodies.
func (s *scorer) responses(want *truth.Operation, got *operation) {
	produced := asObject(got.body["responses"])
	for _, status := range slices.Sorted(maps.Keys(want.Responses)) {
		_, ok := produced[status]
		s.want(Status, ok, status, "", "the status")
		if ok {
			s.bodies(status+" response", want.Responses[status], s.content(produced[status]))
			s.params(Returned, want.Returned[status], s.returned(produced[status]), want.Plain)
		}
	}
	for _, status := range slices.Sorted(maps.Keys(produced)) {
		if _, ok := want.Responses[status]; !ok && status != "default" {
			s.wrong(Status, status, "a status that was never answered")
		}
	}
}

// returned returns the headers of a response as parameters.
func (s *scorer) returned(response any) *operation {
	var headers operation
	of := asObject(s.resolve(response)["headers"])
	for _, name := range slices.Sorted(maps.Keys(of)) {
		h := s.resolve(of[name])
		headers.params = append(
			headers.params,
			object{"in": Returned, "name": name, "required": h["required"], "schema": h["schema"]},
		)
	}
	return &headers
}

func (s *scorer) bodies(place string, want map[string]*truth.Node, got map[string]any) {
	for _, mediaType := range slices.Sorted(maps.Keys(want)) {
		schema, ok := got[mediaType]
		s.want(Media, ok, place, strings.Join(slices.Sorted(maps.Keys(got)), ", "), mediaType)
		node := want[mediaType]
		if !ok || node == nil {
			continue
		}
		sc := s.schema(schema)
		if isStream(mediaType) && slices.Equal(sc.types(), []string{"array"}) && !slices.Contains(node.Types, "array") {
			sc = s.schema(sc.items()...)
		}
		if mediaType == "text/event-stream" && len(asObject(schema)) == 0 {
			continue // OpenAPI 3.1 cannot describe streams
		}
		s.node(place+" /", node, sc)
	}
	for _, mediaType := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[mediaType]; !ok {
			s.wrong(Media, place, mediaType)
		}
	}
}

func isStream(mediaType string) bool {
	return mediaType == "application/x-ndjson" || mediaType == "text/event-stream"
}
