package witness

import (
	"encoding/binary"
	"fmt"
	"iter"
	"strings"

	"akita/internal/packed"
	"akita/internal/shape"
)

// A record is a witness in a form that is faster to write and to read than a line, and smaller:
// recordMark, the length of what follows, and the members. Each member is there, empty or not. A line
// begins with a brace, so records and lines can stand in one text.
const recordMark = 1

// Flags of a record.
const (
	hasStart = 1 << iota
	isNoRoute
	isStreamed
	isSamePage
	isBrowser
	hasRequest
	hasResponse
	hasConsumer
)

// Flags of the parts of a record.
const (
	hasShape = 1 << iota
	isCut
	isBatch
	isRepeated
	isIndexed
	isJSONText
	isFields
	isFailed
)

// Packer writes records. The zero Packer is ready to use; it is not safe for concurrent use.
type Packer struct{ out packed.Writer }

// Append appends the witness as a record: the form in which a daemon spools witnesses and sends those
// that are alone in their operation. It fails with ErrMalformed if the record would be longer than
// MaxLineBytes.
func (p *Packer) Append(dst []byte, w *Witness) ([]byte, error) {
	p.out.Reset()
	p.out.Full = true
	w.pack(&p.out)
	members := p.out.Bytes()
	if 1+binary.MaxVarintLen64+len(members) > MaxLineBytes {
		p.out = packed.Writer{}
		return dst, fmt.Errorf("%w: it is longer than %d bytes", ErrMalformed, MaxLineBytes)
	}
	dst = binary.AppendUvarint(append(dst, recordMark), uint64(len(members)))
	return append(dst, members...), nil
}

// Records yields the records and lines in a text. A record that is cut off is the last one.
func Records(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for len(text) > 0 {
			n := recordBytes(text)
			if !yield(text[:n]) {
				return
			}
			text = text[n:]
		}
	}
}

// recordBytes returns the length of the record or line at the beginning of a text.
func recordBytes(text string) int {
	if text[0] != recordMark {
		if end := strings.IndexByte(text, '\n'); end >= 0 {
			return end + 1
		}
		return len(text)
	}
	begin, length := beginOf(text)
	if length > uint64(len(text)-begin) {
		return len(text)
	}
	return begin + int(length)
}

// beginOf returns where the members of a record begin, and how long they are.
func beginOf(record string) (begin int, length uint64) {
	length, n := binary.Uvarint([]byte(record[1:min(len(record), 1+binary.MaxVarintLen64)]))
	if n <= 0 {
		return len(record), 0
	}
	return 1 + n, length
}

// flag returns a flag, 0 if it is not set.
func flag(f uint64, set bool) uint64 {
	if set {
		return f
	}
	return 0
}

func (w *Witness) pack(out *packed.Writer) {
	out.Uint(flag(hasStart, !w.Start.IsZero()) | flag(isNoRoute, w.NoRoute) | flag(isStreamed, w.Streamed) |
		flag(isSamePage, w.SamePage) | flag(isBrowser, w.Browser) |
		flag(hasRequest, w.Request != nil) | flag(hasResponse, w.Response != nil) |
		flag(hasConsumer, w.Consumer.Name != ""))
	if !w.Start.IsZero() {
		out.Int(w.Start.UnixMilli())
	}
	out.Float(w.LatencyMs)
	for _, text := range []string{w.Method, w.Scheme, w.Host, w.Template, w.BaseTemplate, w.View} {
		out.Text(text)
	}
	packList(out, w.Path, (*Segment).pack)
	for _, params := range [][]Param{w.PathArgs, w.Query, w.Headers, w.Cookies, w.ResponseHeaders} {
		packList(out, params, (*Param).pack)
	}
	packList(out, w.Auth, (*Auth).pack)
	out.Uint(uint64(max(w.Status, 0)))
	for _, body := range []*Body{w.Request, w.Response} {
		if body != nil {
			body.pack(out)
		}
	}
	if w.Consumer.Name != "" {
		out.Text(w.Consumer.Name)
		out.Text(w.Consumer.Version)
	}
}

func packList[T any](out *packed.Writer, list []T, pack func(*T, *packed.Writer)) {
	out.Uint(uint64(len(list)))
	for i := range list {
		pack(&list[i], out)
	}
}

func packText(text *string, out *packed.Writer) { out.Text(*text) }

func packShape(out *packed.Writer, s *shape.Shape) {
	if s != nil {
		s.Pack(out)
	}
}

func (s *Segment) pack(out *packed.Writer) {
	out.Uint(flag(hasShape, s.Kind != nil))
	packShape(out, s.Kind)
	for _, text := range []string{s.Literal, s.Echo, s.Prefix, s.Suffix} {
		out.Text(text)
	}
	packList(out, s.More, (*SegmentValue).pack)
}

func (v *SegmentValue) pack(out *packed.Writer) {
	out.Uint(flag(hasShape, v.Kind != nil))
	packShape(out, v.Kind)
	out.Text(v.Suffix)
}

func (p *Param) pack(out *packed.Writer) {
	out.Uint(flag(hasShape, p.Shape != nil) | flag(isRepeated, p.Repeated) | flag(isIndexed, p.Indexed))
	packShape(out, p.Shape)
	out.Text(p.Name)
	out.Text(string(p.Converter))
}

func (a *Auth) pack(out *packed.Writer) {
	for _, text := range []string{string(a.Type), a.In, a.Name, a.Format} {
		out.Text(text)
	}
}

func (b *Body) pack(out *packed.Writer) {
	out.Uint(flag(hasShape, b.Shape != nil) | flag(isCut, b.Cut) | flag(isBatch, b.Batch))
	packShape(out, b.Shape)
	out.Text(b.MediaType)
	out.Uint(uint64(b.Size))
	packList(out, b.Files, packText)
	packList(out, b.Parts, (*Part).pack)
	out.Text(string(b.Unread))
	packList(out, b.Quirks, func(q *Quirk, out *packed.Writer) { out.Text(string(*q)) })
	packList(out, b.Actions, (*Action).pack)
}

func (p *Part) pack(out *packed.Writer) {
	out.Uint(flag(isJSONText, p.JSON) | flag(isIndexed, p.Indexed))
	out.Text(p.Name)
	packList(out, p.Types, packText)
}

func (a *Action) pack(out *packed.Writer) {
	out.Uint(flag(hasShape, a.Shape != nil) | flag(isFields, a.Fields) | flag(isFailed, a.Failed))
	packShape(out, a.Shape)
	for _, text := range []string{string(a.Protocol), a.Name, a.Type} {
		out.Text(text)
	}
	out.Uint(a.Count)
}
