package witness

import (
	"errors"
	"fmt"
	"time"

	"akita/internal/packed"
	"akita/internal/shape"
)

// Unpacker reads records, and lines too. The zero Unpacker is ready to use; it is not safe for
// concurrent use.
type Unpacker struct {
	in    packed.Reader
	texts packed.Texts
	buf   []byte
	arena shape.Arena
}

var errNotRecord = errors.New("it is not a witness as a record")

// Read reads a record that a Packer wrote, or a line that AppendLine wrote, of any origin. The witness
// is valid until the next call.
func (u *Unpacker) Read(w *Witness, text string) error {
	u.arena.Reset()
	if text == "" || text[0] != recordMark {
		return w.ReadLine(text, &u.arena)
	}
	begin, length := beginOf(text)
	if length != uint64(len(text)-begin) {
		return errNotRecord
	}
	u.buf = append(u.buf[:0], text[begin:]...)
	u.in.Reset(u.buf, &u.texts)
	w.reset()
	u.witness(w)
	if u.in.Err() != nil || u.in.Rest() > 0 {
		return errNotRecord
	}
	return w.Validate()
}

// AppendLines appends the witnesses in a text of records and lines as lines.
func AppendLines(dst []byte, records string) ([]byte, error) {
	var u Unpacker
	var w Witness
	for record := range Records(records) {
		if err := u.Read(&w, record); err != nil {
			return dst, fmt.Errorf("%w: %w", ErrMalformed, err)
		}
		var err error
		if dst, err = AppendLine(dst, &w); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

// witness reads what Witness.pack wrote.
func (u *Unpacker) witness(w *Witness) {
	in := &u.in
	flags := in.Uint()
	if flags&hasStart != 0 {
		w.Start = time.UnixMilli(in.Int()).UTC()
	}
	w.NoRoute, w.Streamed = flags&isNoRoute != 0, flags&isStreamed != 0
	w.SamePage, w.Browser = flags&isSamePage != 0, flags&isBrowser != 0
	w.LatencyMs = in.Float()
	for _, text := range []*string{&w.Method, &w.Scheme, &w.Host, &w.Template, &w.BaseTemplate, &w.View} {
		*text = in.Text()
	}
	w.Path = unpackList(w.Path, u, (*Unpacker).segment)
	for _, params := range []*[]Param{&w.PathArgs, &w.Query, &w.Headers, &w.Cookies, &w.ResponseHeaders} {
		*params = unpackList(*params, u, (*Unpacker).param)
	}
	w.Auth = unpackList(w.Auth, u, (*Unpacker).auth)
	w.Status = int(min(in.Uint(), 1000))
	if flags&hasRequest != 0 {
		w.Request = u.body()
	}
	if flags&hasResponse != 0 {
		w.Response = u.body()
	}
	if flags&hasConsumer != 0 {
		w.Consumer = Consumer{Name: in.Text(), Version: in.Text()}
	}
}

// unpackList reads what packList wrote in the place of a list.
func unpackList[T any](list []T, u *Unpacker, unpack func(*Unpacker) T) []T {
	list = list[:0]
	for range u.in.Len() {
		list = append(list, unpack(u))
		if u.in.Err() != nil {
			break
		}
	}
	return list
}

func (u *Unpacker) text() string { return u.in.Text() }

// shape reads a shape if the flags say that there is one.
func (u *Unpacker) shape(flags uint64) *shape.Shape {
	if flags&hasShape == 0 {
		return nil
	}
	return shape.UnpackIn(&u.in, &u.arena)
}

func (u *Unpacker) segment() Segment {
	s := Segment{Kind: u.shape(u.in.Uint())}
	for _, text := range []*string{&s.Literal, &s.Echo, &s.Prefix, &s.Suffix} {
		*text = u.in.Text()
	}
	s.More = unpackList(s.More, u, (*Unpacker).segmentValue)
	return s
}

func (u *Unpacker) segmentValue() SegmentValue {
	return SegmentValue{Kind: u.shape(u.in.Uint()), Suffix: u.in.Text()}
}

func (u *Unpacker) param() Param {
	flags := u.in.Uint()
	return Param{
		Shape: u.shape(flags), Repeated: flags&isRepeated != 0, Indexed: flags&isIndexed != 0,
		Name: u.in.Text(), Converter: Converter(u.in.Text()),
	}
}

func (u *Unpacker) auth() (a Auth) {
	a.Type, a.In, a.Name, a.Format = AuthType(u.in.Text()), u.in.Text(), u.in.Text(), u.in.Text()
	return a
}

func (u *Unpacker) body() *Body {
	in := &u.in
	flags := in.Uint()
	b := &Body{Shape: u.shape(flags), Cut: flags&isCut != 0, Batch: flags&isBatch != 0}
	b.MediaType, b.Size = in.Text(), shape.Buckets(in.Uint())
	b.Files = unpackList(b.Files, u, (*Unpacker).text)
	b.Parts = unpackList(b.Parts, u, (*Unpacker).part)
	b.Unread = Unread(in.Text()).Known()
	for range in.Len() {
		if quirk := Quirk(in.Text()); quirk.Known() {
			b.Quirks = append(b.Quirks, quirk)
		}
	}
	b.Actions = unpackList(b.Actions, u, (*Unpacker).action)
	return b
}

func (u *Unpacker) part() Part {
	flags := u.in.Uint()
	p := Part{JSON: flags&isJSONText != 0, Indexed: flags&isIndexed != 0, Name: u.in.Text()}
	p.Types = unpackList(p.Types, u, (*Unpacker).text)
	return p
}

func (u *Unpacker) action() Action {
	in, flags := &u.in, u.in.Uint()
	a := Action{Shape: u.shape(flags), Fields: flags&isFields != 0, Failed: flags&isFailed != 0}
	a.Protocol, a.Name, a.Type = Protocol(in.Text()), in.Text(), in.Text()
	a.Count = in.Uint()
	return a
}
