package apimodel

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"

	"akita/internal/jsonschema"
	"akita/internal/names"
	"akita/internal/shape"
)

// API is what a Model says, decided. It is safe for concurrent use.
type API struct {
	witnesses uint64
	unmatched uint64
	folded    Folded
	schemes   map[string]schemes
	endpoints []*endpoint // by path, then method, then host
	slugs     slugs
}

// endpoint is one operation of the API.
type endpoint struct {
	host, method, path string
	args               []argument // in the order of the path
	known              bool       // the framework's route, not inferred
	op                 *operation
}

// subject is what the bodies of the endpoint are of; failed are those that report an error.
func (e *endpoint) subject(failed bool) jsonschema.Subject {
	return jsonschema.Subject{Name: names.Resource(e.path), Secret: names.IsSecret(e.path), Error: failed}
}

// id names the endpoint for good: the first bytes of a hash of what it is.
func (e *endpoint) id() string {
	sum := sha256.Sum256([]byte(e.method + " " + e.host + " " + e.path))
	return hex.EncodeToString(sum[:8])
}

// Infer decides what the model says: the endpoints with their types. The API
// shares nothing with m.
func (m *Model) Infer() *API {
	a := &API{witnesses: m.count, unmatched: m.noise, folded: m.Folded(), schemes: maps.Clone(m.schemes), slugs: newSlugs()}
	found := make(map[routeKey]map[string]*endpoint)
	for _, key := range m.routes.sorted() {
		path := key.template
		if _, ok := m.routes.byKey[routeKey{method: key.method, template: key.base}]; ok {
			path = key.base // the same route without its optional parts was called too: it is one operation
		}
		for host, op := range m.routes.byKey[key].byHost {
			put(found, &endpoint{host: host, method: key.method, path: path, args: templateArgs(path, op), known: true, op: clone(op)})
		}
	}
	roots := m.joinTrees()
	for _, host := range sortedKeys(roots) {
		root := roots[host]
		a.slugs.infer(root)
		root.collect(nil, func(segments []segment, at *node) {
			path, names := writePath(segments, at)
			for method, op := range at.ops {
				put(found, &endpoint{host: host, method: method, path: path, args: namedArgs(names, op), op: op})
			}
		})
	}
	for _, byHost := range found {
		for _, e := range byHost {
			if e.op.isNoise(e.known) {
				a.unmatched += e.op.calls()
			} else {
				a.endpoints = append(a.endpoints, e)
				a.slugs.argue(e.args)
			}
		}
	}
	slices.SortFunc(a.endpoints, func(x, y *endpoint) int {
		if c := strings.Compare(x.path, y.path); c != 0 {
			return c
		}
		if c := strings.Compare(x.method, y.method); c != 0 {
			return c
		}
		return strings.Compare(x.host, y.host)
	})
	return a
}

// joinTrees adds up what is kept apart by proof: a tree of paths for each host.
func (m *Model) joinTrees() map[string]*node {
	roots := make(map[string]*node)
	for _, t := range m.trees {
		for host, root := range t.hosts() {
			if m.manyHosts {
				host = anyHost
			}
			get(roots, host, newNode).merge(root, unbounded)
		}
	}
	return roots
}

// put adds an endpoint; one that is there already under other parameter names, as
// when only some calls came with a route, takes its calls: OpenAPI knows them as one.
func put(found map[routeKey]map[string]*endpoint, e *endpoint) {
	byHost := get(found, routeKey{method: e.method, template: anonymous(e.path)}, func() map[string]*endpoint { return make(map[string]*endpoint) })
	there, ok := byHost[e.host]
	if !ok {
		byHost[e.host] = e
		return
	}
	there.op.merge(e.op)
	for i := range there.args {
		there.args[i] = there.args[i].joined(e.args[i])
	}
}

// anonymous is a path template without its parameters' names.
func anonymous(path string) string {
	var b strings.Builder
	for rest := path; rest != ""; {
		before, after, ok := strings.Cut(rest, "{")
		b.WriteString(before)
		if !ok {
			break
		}
		b.WriteString("{}")
		_, rest, _ = strings.Cut(after, "}")
	}
	return b.String()
}

func clone(op *operation) *operation {
	c := newOperation()
	c.merge(op)
	return c
}

// templateArgs are the parameters of a known template with the shapes of their values.
func templateArgs(template string, op *operation) []argument {
	var args []argument
	for rest := template; ; {
		_, after, ok := strings.Cut(rest, "{")
		if !ok {
			return args
		}
		name, tail, _ := strings.Cut(after, "}")
		rest = tail
		args = append(args, op.routeArgument(name))
	}
}

// isNoise tells operations that are none: all that was ever answered is that there is
// no such thing. Where the framework knows the route, a 404 speaks of the object that
// was asked for; where it does not, such paths are a scanner's.
func (op *operation) isNoise(known bool) bool {
	for status := range op.Responses {
		if !isMissing(status) || known && status == 404 {
			return false
		}
	}
	return true
}

// segment is a segment of an inferred path: a literal, or a parameter with its values.
type segment struct {
	literal string
	arg     *shape.Shape
	suffix  string // what follows the parameter
	words   bool   // the parameter's values are words
	told    uint64 // and so many different ones at least
	code    string // what the parameter's values are codes of, where that is known
}

// collect calls yield for each place at and below n where operations are.
func (n *node) collect(at []segment, yield func([]segment, *node)) {
	if len(n.ops) > 0 {
		yield(at, n)
	}
	for _, text := range sortedKeys(n.literals) {
		n.literals[text].collect(append(at[:len(at):len(at)], segment{literal: text}), yield)
	}
	for _, suffix := range sortedKeys(n.params) {
		p := n.params[suffix]
		p.collect(append(at[:len(at):len(at)], segment{arg: &p.arg, suffix: suffix, code: p.code, words: p.words*2 > p.arg.Count(), told: p.told}), yield)
	}
}

// placed is a parameter's name with the name in Args of its values, and the segment that it
// stands for.
type placed struct {
	name, place string
	segment     segment
}

// writePath writes the path template of a place, with a name for each parameter.
func writePath(segments []segment, at *node) (string, []placed) {
	var path strings.Builder
	var names []placed
	used := make(map[string]bool)
	before := ""
	for i, s := range segments {
		path.WriteByte('/')
		if s.arg == nil {
			path.WriteString(escapeBraces(s.literal))
			if s.literal != "" {
				before = s.literal
			}
			continue
		}
		place := argName(len(segments) - i)
		name := paramName(before, s, at.given(place))
		for n := 2; used[name]; n++ {
			name = strings.TrimRight(name, "0123456789") + strconv.Itoa(n)
		}
		used[name] = true
		path.WriteString("{" + name + "}" + s.suffix)
		names = append(names, placed{name, place, s})
	}
	if path.Len() == 0 {
		path.WriteByte('/')
	}
	return path.String(), names
}

func namedArgs(names []placed, op *operation) []argument {
	var args []argument
	for _, n := range names {
		a := op.argument(n.name, n.place)
		a.distinct, a.code = n.segment.told, n.segment.code
		args = append(args, a)
	}
	return args
}

// given sums up what was given for a parameter in the calls that ended at n.
func (n *node) given(place string) *shape.Shape {
	given := new(shape.Shape)
	for _, op := range n.ops {
		for _, r := range []*request{&op.Accepted, &op.Rejected} {
			if p := r.Args.ByName[place]; p != nil {
				given.Merge(p.Shape)
			}
		}
	}
	return given
}

// escapeBraces keeps a literal from reading as a parameter.
func escapeBraces(literal string) string {
	return strings.NewReplacer("{", "%7B", "}", "%7D").Replace(literal)
}
