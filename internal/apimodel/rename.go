package apimodel

import (
	"maps"

	"akita/internal/shape"
)

// NewRoute is the route that the calls of an operation get in Renamed.
type NewRoute struct {
	Template string
	Args     []NewArg
}

// NewArg is a parameter in the path of a NewRoute.
type NewArg struct {
	Name string
	From string // the key of its values in Request.Args; "" if it has none
	Text string // the value of all calls, if From is empty; "" if it is not known
}

// Renamed returns a model in which the calls of some operations have the routes that rename returns, as if
// a framework had named them. What a browser fetched for itself is among them. The other operations stay
// as they are. The result shares memory with m: do not change m as long as the result is used.
func (m *Model) Renamed(rename func(OperationKey) (NewRoute, bool)) *Model {
	out := newWithin(m.limits)
	out.count, out.unmatched, out.asked, out.routes.rest = m.count, m.unmatched, m.asked, m.routes.rest
	out.schemes, out.manyHosts = maps.Clone(m.schemes), m.manyHosts
	move := func(key OperationKey, op *Operation) bool {
		to, ok := rename(key)
		if ok {
			out.addRenamed(key, to, op)
		}
		return ok
	}
	for r := range m.Routes() {
		key := OperationKey{Host: r.Host, Method: r.Method, Path: r.Template, Base: r.Base, IsRoute: true}
		if !move(key, r.Operation) {
			out.mergeRoute(routeKey{r.Method, r.Template, r.Base}, r.Host, r.Operation)
		}
	}
	for key, t := range m.trees {
		left := t.root.copied()
		for word, host := range t.root.literals {
			if root := host.without(hostKey(word, m.manyHosts), nil, 0, move); root != nil {
				put(&left.literals, word, root)
			}
		}
		for form, host := range t.root.params {
			if root := host.without(AnyHost, nil, 0, move); root != nil {
				put(&left.params, form, root)
			}
		}
		if len(left.literals)+len(left.params) > 0 {
			out.trees[key] = &tree{root: left, step: t.step, nodes: t.nodes, steps: t.steps}
		}
	}
	return out
}

func hostKey(host string, manyHosts bool) string {
	if manyHosts {
		return AnyHost
	}
	return host
}

func (m *Model) addRenamed(key OperationKey, to NewRoute, op *Operation) {
	host := m.addScheme(key.Host, m.schemes[key.Host])
	renamed := op.Clone()
	for _, r := range renamed.AllRequests() {
		r.Args = r.renamedArgs(to.Args)
	}
	m.mergeRoute(routeKey{method: key.Method, template: to.Template}, host, renamed)
}

func (m *Model) mergeRoute(key routeKey, host string, op *Operation) {
	if own := m.routes.operation(key, host); own != nil {
		own.Merge(op)
	} else {
		m.routes.rest += op.Calls()
	}
}

// renamedArgs returns the values in paths by the names that they get.
func (r *Request) renamedArgs(args []NewArg) (out Params) {
	if r.Count == 0 {
		return out
	}
	for _, arg := range args {
		old := r.Args.ByName[arg.From]
		switch {
		case arg.From != "" && old != nil:
			out.put(arg.Name, &Param{Count: old.Count, Shape: old.Shape.Clone()})
		case arg.Text != "":
			out.put(arg.Name, &Param{Count: r.Count, Shape: repeated(shape.OfText(arg.Text, shape.Options{}), r.Count)})
		}
	}
	return out
}

func (p *Params) put(name string, one *Param) {
	if p.ByName == nil {
		p.ByName = make(map[string]*Param)
	}
	p.ByName[name] = one
}

// repeated returns the sum of n values of one shape.
func repeated(one *shape.Shape, n uint64) *shape.Shape {
	sum, power := new(shape.Shape), one.Clone()
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			sum.Merge(power)
		}
		power.Merge(power.Clone())
	}
	return sum
}

// copied returns a copy of n without operations and children. It shares what was seen of its values.
func (n *Node) copied() *Node {
	return &Node{echoes: n.echoes, arg: n.arg, words: n.words, anyWord: n.anyWord, anyEnding: n.anyEnding}
}

// without returns a copy of n and what is below it without the operations that move takes; nil if none is
// left.
func (n *Node) without(host string, path []byte, segments int, move func(OperationKey, *Operation) bool) *Node {
	left := n.copied()
	for method, op := range n.ops {
		if !move(OperationKey{Host: host, Method: method, Path: string(path)}, op) {
			put(&left.ops, method, op)
		}
	}
	for text, child := range n.literals {
		at := below(path, segments, func(at []byte) []byte { return appendLiteral(at, text) })
		if kept := child.without(host, at, segments+1, move); kept != nil {
			put(&left.literals, text, kept)
		}
	}
	for form, child := range n.params {
		at := below(path, segments, func(at []byte) []byte { return append(at, templateOf(form)...) })
		if kept := child.without(host, at, segments+1, move); kept != nil {
			put(&left.params, form, kept)
		}
	}
	if len(left.ops)+len(left.literals)+len(left.params) == 0 {
		return nil
	}
	return left
}
