package apimodel

import (
	"cmp"
	"time"

	"akita/internal/packed"
	"akita/internal/shape"
	"akita/internal/witness"
)

// Each pack function writes one part of a model, and the unpack function beside it reads it. Maps are
// written in the order of their keys, so that equal models are equal bytes.

func packMap[K cmp.Ordered, V any](w *packed.Writer, of map[K]V, pack func(K, V)) {
	w.Uint(uint64(len(of)))
	if len(of) == 1 { // most maps have one key, and need no sorting
		for key, value := range of {
			pack(key, value)
		}
		return
	}
	for _, key := range sortedKeys(of) {
		pack(key, of[key])
	}
}

// unpackMap reads what packMap wrote; nil if it is empty.
func unpackMap[K comparable, V any](r *packed.Reader, unpack func() (K, V)) map[K]V {
	n := r.Len()
	if n == 0 {
		return nil
	}
	of := make(map[K]V, min(n, maxUnpacked))
	for range n {
		key, value := unpack()
		if r.Err() != nil {
			return nil
		}
		of[key] = value
	}
	return of
}

// maxUnpacked bounds the memory that a malformed length takes.
const maxUnpacked = 64

func packCounts[K ~string](w *packed.Writer, counts map[K]uint64) {
	packMap(w, counts, func(key K, n uint64) {
		w.Text(string(key))
		w.Uint(n)
	})
}

func unpackCounts[K ~string](r *packed.Reader) map[K]uint64 {
	return unpackMap(r, func() (K, uint64) { return K(r.Text()), r.Uint() })
}

func packShape(w *packed.Writer, s *shape.Shape) {
	w.Bool(s != nil)
	if s != nil {
		s.Pack(w)
	}
}

func unpackShape(r *packed.Reader) *shape.Shape {
	if !r.Bool() {
		return nil
	}
	return shape.Unpack(r)
}

// pack writes an operation.
func (op *Operation) pack(w *packed.Writer) {
	for _, request := range op.AllRequests() {
		request.pack(w)
	}
	packMap(w, op.Responses, func(status int, response *Response) {
		w.Int(int64(status))
		response.pack(w)
	})
	packCounts(w, op.Auth)
	packCounts(w, op.AuthBad)
	packCounts(w, op.Views)
	op.Period.pack(w)
}

func unpackOperation(r *packed.Reader) *Operation {
	op := NewOperation()
	for _, request := range op.AllRequests() {
		request.unpack(r)
	}
	for range r.Len() {
		status := int(r.Int())
		op.Responses[status] = unpackResponse(r)
	}
	for _, counts := range []map[string]uint64{op.Auth, op.AuthBad, op.Views} {
		for range r.Len() {
			key := r.Text()
			counts[key] = r.Uint()
		}
	}
	op.Period = unpackPeriod(r)
	return op
}

func (r *Request) pack(w *packed.Writer) {
	w.Uint(r.Count)
	if r.Count == 0 {
		return
	}
	for _, params := range []*Params{&r.Args, &r.Query, &r.Headers, &r.Cookies} {
		params.pack(w)
	}
	packBodies(w, r.Bodies)
	w.Uint(r.NoBody)
}

func (r *Request) unpack(in *packed.Reader) {
	if r.Count = in.Uint(); r.Count == 0 {
		return
	}
	for _, params := range []*Params{&r.Args, &r.Query, &r.Headers, &r.Cookies} {
		params.unpack(in)
	}
	r.Bodies = unpackBodies(in)
	r.NoBody = in.Uint()
}

func (r *Response) pack(w *packed.Writer) {
	w.Uint(r.Count)
	r.Latency.Pack(w)
	r.Headers.pack(w)
	packBodies(w, r.Bodies)
	w.Uint(r.NoBody)
	w.Uint(r.Streamed)
	w.Uint(r.SamePage)
	r.Seen.pack(w)
}

func unpackResponse(in *packed.Reader) *Response {
	r := &Response{Count: in.Uint(), Latency: newLatencies()}
	r.Latency.Unpack(in)
	r.Headers.unpack(in)
	r.Bodies = unpackBodies(in)
	r.NoBody, r.Streamed, r.SamePage = in.Uint(), in.Uint(), in.Uint()
	r.Seen = unpackPeriod(in)
	return r
}

func (p *Params) pack(w *packed.Writer) {
	w.Bool(p.Many)
	packMap(w, p.ByName, func(name string, one *Param) {
		w.Text(name)
		w.Uint(one.Count)
		w.Uint(one.Repeated)
		w.Uint(one.Indexed)
		one.Shape.Pack(w)
		packCounts(w, one.Converters)
	})
}

func (p *Params) unpack(r *packed.Reader) {
	p.Many = r.Bool()
	p.ByName = unpackMap(r, func() (string, *Param) {
		name := r.Text()
		one := &Param{Count: r.Uint(), Repeated: r.Uint(), Indexed: r.Uint(), Shape: shape.Unpack(r)}
		one.Converters = unpackCounts[witness.Converter](r)
		return name, one
	})
}

func packBodies(w *packed.Writer, bodies map[string]*Body) {
	packMap(w, bodies, func(mediaType string, b *Body) {
		w.Text(mediaType)
		b.pack(w)
	})
}

func unpackBodies(r *packed.Reader) map[string]*Body {
	return unpackMap(r, func() (string, *Body) { return r.Text(), unpackBody(r) })
}

func (b *Body) pack(w *packed.Writer) {
	w.Uint(b.Count)
	w.Uint(b.Cut)
	packMap(w, b.Sizes, func(bits int, n uint64) {
		w.Int(int64(bits))
		w.Uint(n)
	})
	packShape(w, b.Shape)
	packCounts(w, b.Files)
	packCounts(w, b.Parts)
	packCounts(w, b.Unread)
	packCounts(w, b.Quirks)
	packMap(w, b.Actions, func(key string, a *Action) {
		w.Text(key)
		w.Uint(a.Count)
		packCounts(w, a.Types)
		a.Shape.Pack(w)
	})
	w.Uint(b.Acted)
	w.Uint(b.Batches)
}

func unpackBody(r *packed.Reader) *Body {
	b := &Body{Count: r.Uint(), Cut: r.Uint()}
	b.Sizes = unpackMap(r, func() (int, uint64) { return int(r.Int()), r.Uint() })
	b.Shape = unpackShape(r)
	b.Files = unpackCounts[string](r)
	b.Parts = unpackCounts[string](r)
	b.Unread = unpackCounts[witness.Unread](r)
	b.Quirks = unpackCounts[witness.Quirk](r)
	b.Actions = unpackMap(r, func() (string, *Action) {
		key := r.Text()
		return key, &Action{Count: r.Uint(), Types: unpackCounts[string](r), Shape: shape.Unpack(r)}
	})
	b.Acted, b.Batches = r.Uint(), r.Uint()
	return b
}

// pack writes the time of the first call and the time from it to the last, in milliseconds.
func (p *Period) pack(w *packed.Writer) {
	w.Bool(!p.First.IsZero())
	if !p.First.IsZero() {
		w.Int(p.First.UnixMilli())
		w.Int(p.Last.UnixMilli() - p.First.UnixMilli())
	}
}

func unpackPeriod(r *packed.Reader) (p Period) {
	if r.Bool() {
		first := r.Int()
		p.First, p.Last = time.UnixMilli(first).UTC(), time.UnixMilli(first+r.Int()).UTC()
	}
	return p
}

// Pack writes the bins of the sketch in order, each index as the distance from the one before.
func (l *Latencies) Pack(w *packed.Writer) {
	w.Uint(uint64(len(l.bins)))
	if len(l.bins) == 0 {
		return
	}
	w.Float(l.max)
	before := 0
	for _, b := range l.bins {
		w.Int(int64(b.index - before))
		w.Uint(b.count)
		before = b.index
	}
}

// Unpack reads what Pack wrote, in the place of what l holds.
func (l *Latencies) Unpack(r *packed.Reader) {
	*l = Latencies{}
	n := r.Len()
	if n == 0 {
		return
	}
	l.max, l.bins = r.Float(), make([]bin, 0, min(n, maxUnpacked))
	index := 0
	for range n {
		index += int(r.Int())
		l.addBin(index, r.Uint())
	}
}

func (n *Node) pack(w *packed.Writer) {
	packNodes(w, n.literals)
	packNodes(w, n.params)
	packMap(w, n.ops, func(method string, op *Operation) {
		w.Text(method)
		op.pack(w)
	})
	packCounts(w, n.echoes)
	n.arg.Pack(w)
	w.Uint(n.words)
	w.Bool(n.anyWord)
	w.Bool(n.anyEnding)
}

func packNodes(w *packed.Writer, nodes map[string]*Node) {
	packMap(w, nodes, func(name string, n *Node) {
		w.Text(name)
		n.pack(w)
	})
}

// maxPackedDepth bounds the segments of the paths that are read.
const maxPackedDepth = 1000

func unpackNode(r *packed.Reader, depth int) *Node {
	n := newNode()
	if depth == 0 {
		r.Refuse("a path is too long")
		return n
	}
	n.literals, n.params = unpackNodes(r, depth-1), unpackNodes(r, depth-1)
	n.ops = unpackMap(r, func() (string, *Operation) { return r.Text(), unpackOperation(r) })
	n.echoes = unpackCounts[string](r)
	n.arg = *shape.Unpack(r)
	n.words, n.anyWord, n.anyEnding = r.Uint(), r.Bool(), r.Bool()
	return n
}

func unpackNodes(r *packed.Reader, depth int) map[string]*Node {
	return unpackMap(r, func() (string, *Node) { return r.Text(), unpackNode(r, depth) })
}
