package recorded

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// methods are those that are scored.
var methods = []string{"get", "post", "put", "patch", "delete"}

// AnyMethod stands for every method if the published document names no methods.
const AnyMethod = "*"

// Operation is a method and a path template without the names of its parameters and without a
// trailing slash.
type Operation struct{ Method, Path string }

// literals counts the segments without a parameter.
func (o Operation) literals() int {
	n := 0
	for segment := range strings.SplitSeq(o.Path, "/") {
		if !strings.Contains(segment, "{}") {
			n++
		}
	}
	return n
}

// Document is what a score needs of an OpenAPI document.
type Document struct {
	Servers []server
	Paths   map[string]item
}

type server struct{ URL string }

// item is a path item: its servers, and its operations by method.
type item struct {
	servers    []server
	operations map[string]operation
	text       []byte
}

type operation struct{ Servers []server }

// Parse parses an OpenAPI document in JSON.
func Parse(text []byte) (*Document, error) {
	d := new(Document)
	if err := json.Unmarshal(text, d); err != nil {
		return nil, fmt.Errorf("parse document: %w", err)
	}
	return d, nil
}

// UnmarshalJSON implements json.Unmarshaler.
func (i *item) UnmarshalJSON(text []byte) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil {
		return err
	}
	i.operations, i.text = make(map[string]operation), bytes.Clone(text)
	for name, member := range members {
		switch {
		case name == "servers":
			if err := json.Unmarshal(member, &i.servers); err != nil {
				return err
			}
		case slices.Contains(methods, name):
			var o operation
			if err := json.Unmarshal(member, &o); err != nil {
				return err
			}
			i.operations[name] = o
		}
	}
	return nil
}

// namesMethods reports whether any path has an operation.
func (d *Document) namesMethods() bool {
	for _, i := range d.Paths {
		if len(i.operations) > 0 {
			return true
		}
	}
	return false
}

// host returns the host of the first server, "" if it can be any.
func (d *Document) host() string {
	if len(d.Servers) == 0 {
		return ""
	}
	if hosts := hostsOf(d.Servers[:1]); len(hosts) > 0 {
		return hosts[0]
	}
	return ""
}

// in returns the operations that are offered on a host ("" for any), with their templates.
func (d *Document) in(host string, anyMethod bool) map[Operation]string {
	found := make(map[Operation]string)
	add := func(method, path string, servers []server) {
		if hosts := hostsOf(servers); host != "" && hosts != nil && !slices.Contains(hosts, host) {
			return
		}
		base := ""
		if len(servers) > 0 {
			_, base = splitURL(servers[0].URL)
			base = strings.TrimRight(base, "/")
		}
		found[Operation{method, bare(base + path)}] = base + path
	}
	for path, i := range d.Paths {
		shared := i.servers
		if len(shared) == 0 {
			shared = d.Servers
		}
		if anyMethod {
			add(AnyMethod, path, shared)
			continue
		}
		for method, o := range i.operations {
			servers := o.Servers
			if len(servers) == 0 {
				servers = shared
			}
			add(strings.ToUpper(method), path, servers)
		}
	}
	return found
}

// hostsOf returns the hosts of servers, nil if any server is relative or has a variable as its
// host.
func hostsOf(servers []server) []string {
	var hosts []string
	for _, s := range servers {
		host, _ := splitURL(s.URL)
		if host == "" || strings.Contains(host, "{") {
			return nil
		}
		hosts = append(hosts, host)
	}
	return hosts
}

var parameter = regexp.MustCompile(`\{[^}]*\}`)

// bare returns a template without the names of its parameters and without a trailing slash.
func bare(path string) string {
	if path = strings.TrimRight(parameter.ReplaceAllString(path, "{}"), "/"); path != "" {
		return path
	}
	return "/"
}

// Template is an operation with the names of its parameters. Tail reports whether the last one
// may span segments.
type Template struct {
	Method, Path string
	Tail         bool
}

// Templates returns the operations of a published document.
func (d *Document) Templates() []Template {
	var all []Template
	for op, path := range d.in("", !d.namesMethods()) {
		tail := slices.ContainsFunc(tails, func(tail string) bool { return strings.HasSuffix(path, tail) })
		for _, method := range methodsOf(op) {
			all = append(all, Template{method, path, tail})
		}
	}
	slices.SortFunc(all, func(a, b Template) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Method, b.Method))
	})
	return all
}

func methodsOf(op Operation) []string {
	if op.Method == AnyMethod {
		return methods
	}
	return []string{op.Method}
}

// Words returns the API's own words: the literals of paths, the names of fields and parameters,
// and the members of enums.
func (d *Document) Words() []string {
	words := make(map[string]bool)
	for path, i := range d.Paths {
		for segment := range strings.SplitSeq(parameter.ReplaceAllString(path, "/"), "/") {
			words[strings.Trim(segment, ".:")] = true
			words[segment] = true
		}
		var tree any
		if json.Unmarshal(i.text, &tree) == nil { // it was parsed before
			addWords(words, tree)
		}
	}
	return slices.Sorted(maps.Keys(words))
}

// addWords adds the names and enum members in a part of a document.
func addWords(words map[string]bool, part any) {
	switch part := part.(type) {
	case []any:
		for _, p := range part {
			addWords(words, p)
		}
	case map[string]any:
		if name, ok := part["name"].(string); ok && part["in"] != nil {
			words[name] = true
		}
		properties, _ := part["properties"].(map[string]any)
		for name := range properties {
			words[name] = true
		}
		enum, _ := part["enum"].([]any)
		for _, member := range enum {
			if text, ok := member.(string); ok {
				words[text] = true
			}
		}
		for _, p := range part {
			addWords(words, p)
		}
	}
}
