package apimodel

import (
	"fmt"
	"iter"
	"maps"
	"slices"

	"akita/internal/packed"
)

// CodecVersion is the version of the encoding: the first byte of it. Unmarshal refuses a newer one.
// Up to lastJSONVersion, the encoding was JSON, which begins with a brace. Version 4 had no consumers.
const (
	CodecVersion    = 5
	lastJSONVersion = 3
)

// MarshalBinary encodes the model for Unmarshal. Equal models are equal bytes.
func (m *Model) MarshalBinary() ([]byte, error) {
	var w packed.Writer
	w.Uint(CodecVersion)
	m.pack(&w)
	return w.Bytes(), nil
}

func (m *Model) pack(w *packed.Writer) {
	for _, n := range []uint64{m.count, m.unmatched, m.asked, m.routes.rest} {
		w.Uint(n)
	}
	packMap(w, m.schemes, func(host string, schemes Schemes) {
		w.Text(host)
		w.Uint(uint64(schemes))
	})
	m.routes.pack(w)
	w.Uint(uint64(len(m.trees)))
	for _, key := range slices.SortedFunc(maps.Keys(m.trees), treeKey.compare) {
		w.Uint(uint64(key.proof))
		w.Uint(uint64(key.group))
		m.trees[key].pack(w)
	}
	packConsumers(w, slices.Collect(m.packedOperations()))
}

// Unmarshal decodes a model that MarshalBinary of this version or an earlier one encoded.
func Unmarshal(b []byte) (*Model, error) { return unmarshal(b, nil) }

// Decoder decodes models that share equal texts with those that it decoded before. The zero Decoder
// is ready to use; it is not safe for concurrent use.
type Decoder struct{ texts packed.Texts }

// Unmarshal is like the function Unmarshal.
func (d *Decoder) Unmarshal(b []byte) (*Model, error) { return unmarshal(b, &d.texts) }

func unmarshal(b []byte, texts *packed.Texts) (*Model, error) {
	if len(b) > 0 && b[0] == '{' {
		return unmarshalJSON(b)
	}
	r := packed.NewReaderOf(b, texts)
	version := r.Uint()
	if r.Err() == nil && (version <= lastJSONVersion || version > CodecVersion) {
		return nil, fmt.Errorf("decode model: it has version %d, and this akita reads up to %d: upgrade akita",
			version, CodecVersion)
	}
	m := New()
	m.unpack(r, version)
	if r.Err() == nil && r.Rest() > 0 {
		r.Refuse("the model has ended")
	}
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("decode model: %w", err)
	}
	return m, nil
}

// unpack reads what pack of a version of the encoding wrote.
func (m *Model) unpack(r *packed.Reader, version uint64) {
	for _, n := range []*uint64{&m.count, &m.unmatched, &m.asked, &m.routes.rest} {
		*n = r.Uint()
	}
	for range r.Len() {
		host := r.Text()
		m.addScheme(host, Schemes(r.Uint()))
	}
	var ops []*Operation
	routes := unpackRoutes(r)
	for i := range routes {
		ops = append(ops, routes[i].Operation)
	}
	trees := m.unpackTrees(r)
	for _, t := range trees {
		t.root.packedOperations(func(op *Operation) bool {
			ops = append(ops, op)
			return true
		})
	}
	if version > lastWithoutConsumers {
		unpackConsumers(r, ops)
	}
	if r.Err() != nil {
		return
	}
	// What is over a limit is summed up with its consumers.
	m.routes.putAll(routes)
	for _, t := range trees {
		t.fit()
	}
}

// lastWithoutConsumers is the last version of the encoding without consumers.
const lastWithoutConsumers = 4

func (m *Model) unpackTrees(r *packed.Reader) []*tree {
	var trees []*tree
	for range r.Len() {
		p, group := r.Uint(), r.Uint()
		if p >= uint64(proofs) || group >= maxGroups {
			r.Refuse("a group of paths that does not exist")
			return nil
		}
		t := m.tree(treeKey{proof(p), uint8(group)})
		t.unpack(r)
		trees = append(trees, t)
	}
	return trees
}

// packedOperations yields the operations of the model in the order in which pack writes them.
func (m *Model) packedOperations() iter.Seq[*Operation] {
	return func(yield func(*Operation) bool) {
		for r := range m.Routes() {
			if !yield(r.Operation) {
				return
			}
		}
		for _, key := range slices.SortedFunc(maps.Keys(m.trees), treeKey.compare) {
			if !m.trees[key].root.packedOperations(yield) {
				return
			}
		}
	}
}

// packedOperations yields the operations at and below n in the order in which pack writes them. It
// reports whether there may be more.
func (n *Node) packedOperations(yield func(*Operation) bool) bool {
	for _, children := range []map[string]*Node{n.literals, n.params} {
		for _, name := range sortedKeys(children) {
			if !children[name].packedOperations(yield) {
				return false
			}
		}
	}
	for _, method := range sortedKeys(n.ops) {
		if !yield(n.ops[method]) {
			return false
		}
	}
	return true
}

func (r *routes) pack(w *packed.Writer) {
	w.Uint(uint64(len(r.byKey)))
	for _, key := range r.sorted() {
		w.Text(key.method)
		w.Text(key.template)
		w.Text(key.base)
		packMap(w, r.byKey[key].byHost, func(host string, op *Operation) {
			w.Text(host)
			op.pack(w)
		})
	}
}

// unpackRoutes reads routes, in order.
func unpackRoutes(in *packed.Reader) []Route {
	var out []Route
	for range in.Len() {
		method, template, base := in.Text(), in.Text(), in.Text()
		for range in.Len() {
			host, read := in.Text(), unpackOperation(in)
			if in.Err() != nil {
				return nil
			}
			out = append(out, Route{Host: host, Method: method, Template: template, Base: base, Operation: read})
		}
	}
	return out
}

// putAll puts routes that were read. There may be more than the limit allows.
func (r *routes) putAll(read []Route) {
	for i := range read {
		one := &read[i]
		if !r.put(routeKey{one.Method, one.Template, one.Base}, one.Host, one.Operation) {
			r.rest += one.Operation.Calls()
		}
	}
}

func (t *tree) pack(w *packed.Writer) {
	w.Uint(uint64(t.step))
	t.root.pack(w)
}

func (t *tree) unpack(r *packed.Reader) {
	step := r.Uint()
	if step >= uint64(len(t.steps)) {
		r.Refuse("a tree is at a step that does not exist")
		return
	}
	t.step = int(step)
	if root := unpackNode(r, maxPackedDepth); r.Err() == nil {
		t.root = root
	}
}
