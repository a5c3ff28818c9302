// Package declared reads what an OpenAPI document declares: which operations there are, and which
// parameters, bodies, responses and credentials they have. It reads OpenAPI 3.0, 3.1 and 3.2, and
// Swagger 2.0, which it converts. Parsing and references are kin-openapi's. This package does no I/O.
package declared

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json"
	"go.yaml.in/yaml/v4"
)

// Document is a declared API.
type Document struct {
	Text    []byte // as it was read
	Version string // as the document states it: "3.1.0", "2.0"

	doc        *openapi3.T
	bases      []string // the paths of its servers, without a slash at the end
	operations []*Operation
	routes     map[string]*path // by Route
	root       *routeNode
	isSplit    bool
}

// path is a path of the document, with its operations by method.
type path struct {
	template string
	byMethod map[string]*Operation
}

// Options are what a document depends on beside its text.
type Options struct {
	// ReadRef reads another file that the document refers to; nil allows none.
	ReadRef func(location *url.URL) ([]byte, error)
	// Location is where the document is, to resolve relative references.
	Location *url.URL
	// BasePaths replace the paths of the document's servers.
	BasePaths []string
}

// ErrNoOpenAPI means that a text is not an OpenAPI document.
var ErrNoOpenAPI = errors.New("it is not an OpenAPI document: it has neither a member \"openapi\" nor \"swagger\"")

// Read reads a document in YAML or JSON.
func Read(text []byte, o Options) (*Document, error) {
	var head struct {
		OpenAPI string `yaml:"openapi"`
		Swagger any    `yaml:"swagger"`
	}
	err := yaml.Unmarshal(text, &head)
	if _, isOther := errors.AsType[*yaml.LoadErrors](err); isOther { // it is YAML, such as a text or a list
		return nil, ErrNoOpenAPI
	}
	if err != nil {
		return nil, fmt.Errorf("it is neither YAML nor JSON: %w", err)
	}
	d := &Document{Version: head.OpenAPI, Text: text}
	if read := o.ReadRef; read != nil {
		o.ReadRef = func(location *url.URL) ([]byte, error) {
			d.isSplit = true
			return read(location)
		}
	}
	switch {
	case head.OpenAPI != "":
		d.doc, err = o.loader().LoadFromDataWithPath(text, o.location())
	case head.Swagger != nil:
		d.Version = fmt.Sprint(head.Swagger)
		d.doc, err = fromSwagger(text, o)
	default:
		return nil, ErrNoOpenAPI
	}
	if err != nil {
		return nil, fmt.Errorf("it cannot be read as OpenAPI %s: %w", d.Version, err)
	}
	d.bases = o.BasePaths
	if d.bases == nil {
		d.bases = basePaths(d.doc.Servers)
	}
	d.index()
	return d, nil
}

func (o Options) loader() *openapi3.Loader {
	loader := openapi3.NewLoader()
	if o.ReadRef != nil {
		loader.IsExternalRefsAllowed = true
		loader.ReadFromURIFunc = func(_ *openapi3.Loader, location *url.URL) ([]byte, error) { return o.ReadRef(location) }
	}
	return loader
}

func (o Options) location() *url.URL {
	if o.Location == nil {
		return &url.URL{Path: "openapi.yaml"}
	}
	return o.Location
}

// fromSwagger converts Swagger 2.0.
func fromSwagger(text []byte, o Options) (*openapi3.T, error) {
	var tree any
	if err := yaml.Unmarshal(text, &tree); err != nil {
		return nil, err
	}
	asJSON, err := json.Marshal(withTextKeys(tree))
	if err != nil {
		return nil, err
	}
	var old openapi2.T
	if err := old.UnmarshalJSON(asJSON); err != nil {
		return nil, err
	}
	return openapi2conv.ToV3WithLoader(&old, o.loader(), o.location())
}

// withTextKeys returns a YAML value whose maps have texts as keys, such as statuses.
func withTextKeys(value any) any {
	switch v := value.(type) {
	case map[any]any:
		out := make(map[string]any, len(v))
		for k, one := range v {
			out[fmt.Sprint(k)] = withTextKeys(one)
		}
		return out
	case map[string]any:
		for k, one := range v {
			v[k] = withTextKeys(one)
		}
	case []any:
		for i, one := range v {
			v[i] = withTextKeys(one)
		}
	}
	return value
}

// basePaths returns the paths of servers; one empty path if there is none.
func basePaths(servers openapi3.Servers) []string {
	var out []string
	for _, s := range servers {
		text := s.URL
		for name, v := range s.Variables {
			text = strings.ReplaceAll(text, "{"+name+"}", v.Default)
		}
		if _, rest, ok := strings.Cut(text, "://"); ok {
			_, rest, _ = strings.Cut(rest, "/")
			text = "/" + rest
		}
		base := strings.TrimRight(text, "/")
		if base != "" && base[0] != '/' {
			base = "/" + base
		}
		if !slices.Contains(out, base) {
			out = append(out, base)
		}
	}
	if out == nil {
		out = []string{""}
	}
	return out
}

// IsSplit reports whether the document refers to other files.
func (d *Document) IsSplit() bool { return d.isSplit }

// Bundle returns the document as JSON, with what it refers to in other files. What is in d may change: do
// not use it afterwards.
func (d *Document) Bundle() ([]byte, error) {
	d.doc.InternalizeRefs(context.Background(), nil)
	return d.doc.MarshalJSON()
}

// Spec returns the document as kin-openapi read it. Do not change it.
func (d *Document) Spec() *openapi3.T { return d.doc }

// BasePaths returns the paths of the servers, below which the paths of the document are.
func (d *Document) BasePaths() []string { return d.bases }

// Operations returns the operations, by path and method.
func (d *Document) Operations() []*Operation { return d.operations }

// Operation returns the operation of a route, which Route returned, and a method; nil if the document
// has none.
func (d *Document) Operation(route, method string) *Operation {
	if p := d.routes[route]; p != nil {
		return p.byMethod[method]
	}
	return nil
}

// Template returns the path of a route as the document writes it. ok is false for other paths.
func (d *Document) Template(route string) (template string, ok bool) {
	if p := d.routes[route]; p != nil {
		return p.template, true
	}
	return "", false
}

// index builds the operations and the tree of routes.
func (d *Document) index() {
	d.routes, d.root = make(map[string]*path), new(routeNode)
	items := d.doc.Paths.Map()
	for _, template := range slices.Sorted(maps.Keys(items)) {
		of := items[template]
		bases := d.bases
		if len(of.Servers) > 0 {
			bases = basePaths(of.Servers)
		}
		p := &path{template: template, byMethod: make(map[string]*Operation)}
		route, isNew := "", false
		for _, base := range bases {
			r := d.root.add(base+template, hasTail(template, of))
			if d.routes[r] == nil {
				d.routes[r], isNew = p, true
			}
			route = cmp.Or(route, r)
		}
		if !isNew { // it differs from another path in the names of parameters only
			p = d.routes[route]
		}
		for method, op := range of.Operations() {
			if p.byMethod[method] != nil {
				continue
			}
			o := d.newOperation(template, method, of, op)
			p.byMethod[method] = o
			d.operations = append(d.operations, o)
		}
	}
	slices.SortFunc(d.operations, func(x, y *Operation) int {
		return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.Method, y.Method))
	})
}

// tailNames are the names of parameters whose values are paths, with slashes: OpenAPI cannot say so.
var tailNames = []string{"path", "filepath", "file_path", "filename", "ref", "tail", "rest", "wildcard", "proxy+"}

// hasTail reports whether the last parameter of a path takes all that follows: its name says so, or it
// may have reserved characters, or Akita inferred it.
func hasTail(template string, of *openapi3.PathItem) bool {
	names := parameterNames(template)
	if len(names) == 0 {
		return false
	}
	last := names[len(names)-1]
	if slices.Contains(tailNames, strings.ToLower(last)) || strings.HasSuffix(last, "*") {
		return true
	}
	parameters := slices.Clone(of.Parameters)
	for _, op := range of.Operations() {
		parameters = append(parameters, op.Parameters...)
	}
	return slices.ContainsFunc(parameters, func(ref *openapi3.ParameterRef) bool {
		if ref == nil || ref.Value == nil || ref.Value.In != "path" || ref.Value.Name != last {
			return false
		}
		why, _ := ref.Value.Extensions["x-akita-parameter"].(map[string]any)
		return ref.Value.AllowReserved || why["because"] == "tail"
	})
}

// HasParameters reports whether a path declares parameters for all of its operations.
func (d *Document) HasParameters(template string) bool {
	item := d.doc.Paths.Value(template)
	return item != nil && len(item.Parameters) > 0
}
