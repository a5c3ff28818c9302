package score

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

type object = map[string]any

// document is an OpenAPI document, of version 3.0 or 3.1.
type document struct {
	root object
	text string
}

func parse(text []byte) (*document, error) {
	d := &document{text: string(text)}
	if err := json.Unmarshal(text, &d.root); err != nil {
		return nil, fmt.Errorf("parse document: %w", err)
	}
	return d, nil
}

// operation is one operation of a document.
type operation struct {
	method, path string
	body         object
	params       []object
}

func (o *operation) String() string { return strings.ToUpper(o.method) + " " + o.path }

var methods = []string{"delete", "get", "head", "options", "patch", "post", "put", "trace"}

func (d *document) operations() []*operation {
	var out []*operation
	base := d.base()
	paths := asObject(d.root["paths"])
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		item := d.resolve(paths[path])
		for _, method := range methods {
			body := asObject(item[method])
			if body == nil {
				continue
			}
			op := &operation{method: method, path: base + path, body: body}
			for _, p := range append(asList(item["parameters"]), asList(body["parameters"])...) {
				op.params = append(op.params, d.resolve(p))
			}
			out = append(out, op)
		}
	}
	return out
}

// base returns the path of the first server, which precedes every path.
func (d *document) base() string {
	for _, s := range asList(d.root["servers"]) {
		if u, err := url.Parse(text(asObject(s)["url"])); err == nil {
			return strings.TrimSuffix(u.Path, "/")
		}
	}
	return ""
}

// param finds a parameter. Case does not matter in header names.
func (o *operation) param(in, name string) object {
	for _, p := range o.params {
		if found := text(p["name"]); p["in"] == in &&
			(found == name || (in == Header || in == Returned) && strings.EqualFold(found, name)) {
			return p
		}
	}
	return nil
}

// content returns the schemas of a request's body or a response by media type; nil if it has no
// body.
func (d *document) content(of any) map[string]any {
	content := asObject(d.resolve(of)["content"])
	out := make(map[string]any, len(content))
	for mediaType, media := range content {
		bare, _, _ := strings.Cut(strings.ToLower(mediaType), ";")
		m := asObject(media)
		out[strings.TrimSpace(bare)] = m["schema"]
		if schema, ok := m["itemSchema"]; ok { // OpenAPI 3.2
			out[strings.TrimSpace(bare)] = schema
		}
	}
	return out
}

const maxRefs = 30

// resolve follows references.
func (d *document) resolve(v any) object {
	for range maxRefs {
		o := asObject(v)
		ref, ok := o["$ref"].(string)
		if !ok {
			return o
		}
		v = d.root
		for part := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
			if plain, err := url.PathUnescape(part); err == nil {
				part = plain
			}
			v = asObject(v)[strings.NewReplacer("~1", "/", "~0", "~").Replace(part)]
		}
	}
	return nil
}

func asObject(v any) object {
	o, _ := v.(object)
	return o
}

func asList(v any) []any {
	l, _ := v.([]any)
	return l
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func texts(v any) []string {
	var out []string
	for _, item := range asList(v) {
		if s, ok := item.(string); ok {
			out = append(out, s)
		}
	}
	return out
}
