package apimodel

import (
	"cmp"
	"iter"
	"strings"

	"akita/internal/witness"
)

// OperationKey names the operation of a call before anything is inferred: it depends on the call
// alone. The zero key is that of the calls that a model only counts.
type OperationKey struct {
	Host, Method string
	// Path is the framework's path template if IsRoute is set. Otherwise it has "{}" in the place of
	// each value, and CutPath in that of segments beyond maxKeySegments.
	Path    string
	Base    string // see Route.Base
	IsRoute bool
}

// CutPath is the last segment of a path in an OperationKey that was longer.
const CutPath = "{}*"

// maxKeySegments bounds the segments in an OperationKey.
const maxKeySegments = 16

// OperationKeyOf returns the key of a call.
func OperationKeyOf(w *witness.Witness) OperationKey {
	switch kindOf(w) {
	case counted:
		return OperationKey{}
	case routed:
		return OperationKey{Host: hostOf(w), Method: w.Method, Path: w.Template, Base: w.BaseTemplate, IsRoute: true}
	}
	var buf [128]byte
	path := buf[:0]
	for i := range w.Path {
		if i == maxKeySegments {
			path = append(path, '/')
			path = append(path, CutPath...)
			break
		}
		path = appendSegment(append(path, '/'), &w.Path[i])
	}
	return OperationKey{Host: hostOf(w), Method: w.Method, Path: string(path)}
}

func appendSegment(path []byte, s *witness.Segment) []byte {
	if s.Kind == nil {
		return appendLiteral(path, s.Literal)
	}
	path = append(appendLiteral(path, s.Prefix), "{}"...)
	path = appendLiteral(path, s.Suffix)
	for _, value := range s.More {
		path = appendLiteral(append(path, "{}"...), value.Suffix)
	}
	return path
}

// appendLiteral keeps a literal from reading as a value.
func appendLiteral(path []byte, text string) []byte {
	if !strings.ContainsAny(text, "{}") {
		return append(path, text...)
	}
	return append(path, escapeLiteral.Replace(text)...)
}

var escapeLiteral = strings.NewReplacer("{", "%7B", "}", "%7D")

// Arguments returns the keys in Request.Args of the values in the path, in its order. It returns nil if the
// path is cut.
func (k OperationKey) Arguments() (args []string) {
	if strings.HasSuffix(k.Path, CutPath) {
		return nil
	}
	segments := strings.Split(strings.TrimPrefix(k.Path, "/"), "/")
	for i, segment := range segments {
		for value := 0; ; value++ {
			_, after, ok := strings.Cut(segment, "{")
			name, rest, closed := strings.Cut(after, "}")
			if !ok || !closed {
				break
			}
			if !k.IsRoute {
				name = PathArg(len(segments)-i, value)
			}
			args, segment = append(args, name), rest
		}
	}
	return args
}

// Compare orders keys by path, method and host.
func (k OperationKey) Compare(o OperationKey) int {
	isRoute := func(k OperationKey) int {
		if k.IsRoute {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(k.Path, o.Path), cmp.Compare(k.Method, o.Method), cmp.Compare(k.Host, o.Host),
		cmp.Compare(k.Base, o.Base), cmp.Compare(isRoute(k), isRoute(o)),
	)
}

// Hash returns a hash of the key. Where there are too many operations, those with the smallest hashes
// are kept: that sample does not depend on order.
func (k OperationKey) Hash() uint64 {
	h := HashTexts(k.Host, k.Method, k.Path, k.Base)
	if k.IsRoute {
		h = (h ^ 1) * fnvPrime
	}
	return h
}

const fnvPrime = 1099511628211

// HashTexts returns the FNV-1a hash of texts. Samples of keys are taken by it: it must stay the same.
func HashTexts(texts ...string) uint64 {
	const basis = 14695981039346656037
	h := uint64(basis)
	for _, text := range texts {
		for i := range len(text) {
			h = (h ^ uint64(text[i])) * fnvPrime
		}
		h = (h ^ 0xff) * fnvPrime
	}
	return h
}

// Clone returns a key that shares no memory with the input that k is a part of.
func (k OperationKey) Clone() OperationKey {
	return OperationKey{
		strings.Clone(k.Host), strings.Clone(k.Method), strings.Clone(k.Path), strings.Clone(k.Base), k.IsRoute,
	}
}

// Operations yields all operations of the model with their keys. Words and hosts that the model does
// not keep apart are values ("{}") and AnyHost in the key. One key may occur several times, for calls
// that prove their path to different degrees; those that a browser made for itself are not among them.
func (m *Model) Operations() iter.Seq2[OperationKey, *Operation] {
	return func(yield func(OperationKey, *Operation) bool) {
		for r := range m.Routes() {
			key := OperationKey{Host: r.Host, Method: r.Method, Path: r.Template, Base: r.Base, IsRoute: true}
			if !yield(key, r.Operation) {
				return
			}
		}
		for host, root := range m.Paths() {
			if !root.eachOperation(host, nil, 0, yield) {
				return
			}
		}
	}
}

// eachOperation yields the operations at and below n, whose path is that of segments.
func (n *Node) eachOperation(
	host string, path []byte, segments int, yield func(OperationKey, *Operation) bool,
) bool {
	for _, method := range sortedKeys(n.ops) {
		if !yield(OperationKey{Host: host, Method: method, Path: string(path)}, n.ops[method]) {
			return false
		}
	}
	for _, text := range sortedKeys(n.literals) {
		at := below(path, segments, func(at []byte) []byte { return appendLiteral(at, text) })
		if !n.literals[text].eachOperation(host, at, segments+1, yield) {
			return false
		}
	}
	for _, form := range sortedKeys(n.params) {
		at := below(path, segments, func(at []byte) []byte { return append(at, templateOf(form)...) })
		if !n.params[form].eachOperation(host, at, segments+1, yield) {
			return false
		}
	}
	return true
}

// below returns a path of some segments with one more, which write appends.
func below(path []byte, segments int, write func([]byte) []byte) []byte {
	at := path[:len(path):len(path)]
	switch {
	case segments < maxKeySegments:
		return write(append(at, '/'))
	case segments == maxKeySegments:
		return append(append(at, '/'), CutPath...)
	}
	return at
}

// templateOf returns a form (segment.Form) as a segment of a path template.
func templateOf(form string) string {
	if strings.Contains(form, "{}") {
		return form
	}
	return "{}" + form
}
