package apimodel

import (
	"fmt"
	"maps"
	"slices"

	"akita/internal/packed"
)

// codecVersion is the version of the encoding: the first byte of it. Unmarshal refuses a newer one.
// Up to lastJSONVersion, the encoding was JSON, which begins with a brace.
const (
	codecVersion    = 4
	lastJSONVersion = 3
)

// MarshalBinary encodes the model for Unmarshal. Equal models are equal bytes.
func (m *Model) MarshalBinary() ([]byte, error) {
	var w packed.Writer
	w.Uint(codecVersion)
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
	if version := r.Uint(); r.Err() == nil && version != codecVersion {
		return nil, fmt.Errorf("decode model: it has version %d, and this akita reads up to %d: upgrade akita",
			version, codecVersion)
	}
	m := New()
	m.unpack(r)
	if r.Err() == nil && r.Rest() > 0 {
		r.Refuse("the model has ended")
	}
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("decode model: %w", err)
	}
	return m, nil
}

func (m *Model) unpack(r *packed.Reader) {
	for _, n := range []*uint64{&m.count, &m.unmatched, &m.asked, &m.routes.rest} {
		*n = r.Uint()
	}
	for range r.Len() {
		host := r.Text()
		m.addScheme(host, Schemes(r.Uint()))
	}
	m.routes.unpack(r)
	for range r.Len() {
		p, group := r.Uint(), r.Uint()
		if p >= uint64(proofs) || group >= maxGroups {
			r.Refuse("a group of paths that does not exist")
			return
		}
		m.tree(treeKey{proof(p), uint8(group)}).unpack(r)
	}
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

// unpack reads routes. There may be more than the limit allows.
func (r *routes) unpack(in *packed.Reader) {
	for range in.Len() {
		key := routeKey{in.Text(), in.Text(), in.Text()}
		for range in.Len() {
			host, read := in.Text(), unpackOperation(in)
			if in.Err() != nil {
				return
			}
			if !r.put(key, host, read) {
				r.rest += read.Calls()
			}
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
		t.fit()
	}
}
