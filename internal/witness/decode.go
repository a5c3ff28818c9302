package witness

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"time"

	"akita/internal/jsonscan"
	"akita/internal/shape"
)

// Reader reads witnesses from NDJSON.
type Reader struct {
	lines *bufio.Scanner
	line  int
	arena shape.Arena
}

// NewReader returns a Reader of r.
func NewReader(r io.Reader) *Reader {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 64<<10), MaxLineBytes)
	return &Reader{lines: lines}
}

// Next reads the next witness into w, which holds until the next call. It returns io.EOF after
// the last one, an error that wraps ErrMalformed for an invalid line, and any other error
// that the underlying reader returns.
func (r *Reader) Next(w *Witness) error {
	for r.lines.Scan() {
		r.line++
		if len(r.lines.Bytes()) == 0 {
			continue
		}
		r.arena.Reset()
		if err := w.ReadLine(r.lines.Text(), &r.arena); err != nil {
			return fmt.Errorf("%w in line %d: %w", ErrMalformed, r.line, err)
		}
		return nil
	}
	switch err := r.lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return fmt.Errorf("%w in line %d: it is longer than %d bytes", ErrMalformed, r.line+1, MaxLineBytes)
	case err != nil:
		return fmt.Errorf("read witnesses: %w", err)
	}
	return io.EOF
}

var errNotWitness = errors.New("it is not a witness as JSON")

// ReadLine reads a line that AppendLine wrote. The witness shares memory with the line and the arena;
// a nil arena is the heap.
func (w *Witness) ReadLine(line string, a *shape.Arena) error {
	in := jsonscan.New(line)
	w.read(&in, a)
	in.End()
	if in.Err() != nil {
		return errNotWitness
	}
	return w.Validate()
}

// read reads what appendJSON wrote. It skips unknown members.
func (w *Witness) read(in *jsonscan.Scanner, a *shape.Arena) {
	w.reset()
	for name, ok := in.BeginObject(); ok; name, ok = in.NextKey() {
		switch name {
		case "start":
			start, err := time.Parse(time.RFC3339Nano, in.ReadText())
			if err != nil {
				in.Refuse("a start that is not a time")
			}
			w.Start = start.UTC()
		case "latency_ms":
			w.LatencyMs = in.ReadFloat()
		case "method":
			w.Method = in.ReadText()
		case "scheme":
			w.Scheme = in.ReadText()
		case "host":
			w.Host = in.ReadText()
		case "template":
			w.Template = in.ReadText()
		case "base_template":
			w.BaseTemplate = in.ReadText()
		case "view":
			w.View = in.ReadText()
		case "no_route":
			w.NoRoute = in.ReadBool()
		case "path":
			w.Path = readList(w.Path, in, a, (*Segment).read)
		case "path_args":
			w.PathArgs = readList(w.PathArgs, in, a, (*Param).read)
		case "query":
			w.Query = readList(w.Query, in, a, (*Param).read)
		case "headers":
			w.Headers = readList(w.Headers, in, a, (*Param).read)
		case "cookies":
			w.Cookies = readList(w.Cookies, in, a, (*Param).read)
		case "auth":
			w.Auth = readList(w.Auth, in, a, (*Auth).read)
		case "request":
			w.Request = readBody(in, a)
		case "status":
			w.Status = int(min(in.ReadUint(), 1000))
		case "response":
			w.Response = readBody(in, a)
		case "response_headers":
			w.ResponseHeaders = readList(w.ResponseHeaders, in, a, (*Param).read)
		case "streamed":
			w.Streamed = in.ReadBool()
		case "same_page":
			w.SamePage = in.ReadBool()
		case "browser":
			w.Browser = in.ReadBool()
		case "consumer":
			w.Consumer.Name = in.ReadText()
		case "consumer_version":
			w.Consumer.Version = in.ReadText()
		default:
			in.Skip()
		}
	}
}

// reset empties the witness but keeps its slices for the next one.
func (w *Witness) reset() {
	*w = Witness{
		Path: w.Path[:0], PathArgs: w.PathArgs[:0], Query: w.Query[:0], Headers: w.Headers[:0],
		Cookies: w.Cookies[:0], Auth: w.Auth[:0], ResponseHeaders: w.ResponseHeaders[:0],
	}
}

// readList reads an array of objects. readOne reads one member of one object, or skips it.
func readList[T any](
	list []T,
	in *jsonscan.Scanner,
	a *shape.Arena,
	readOne func(one *T, member string, in *jsonscan.Scanner, a *shape.Arena),
) []T {
	list = list[:0]
	for ok := in.BeginArray(); ok && in.NextElement(); {
		var one T
		for name, ok := in.BeginObject(); ok; name, ok = in.NextKey() {
			readOne(&one, name, in, a)
		}
		list = append(list, one)
	}
	return list
}

func (s *Segment) read(member string, in *jsonscan.Scanner, a *shape.Arena) {
	switch member {
	case "literal":
		s.Literal = in.ReadText()
	case "kind":
		s.Kind = shape.Read(in, a)
	case "prefix":
		s.Prefix = in.ReadText()
	case "suffix":
		s.Suffix = in.ReadText()
	case "more":
		s.More = readList(s.More, in, a, (*SegmentValue).read)
	case "echo":
		s.Echo = in.ReadText()
	default:
		in.Skip()
	}
}

func (v *SegmentValue) read(member string, in *jsonscan.Scanner, a *shape.Arena) {
	switch member {
	case "kind":
		v.Kind = shape.Read(in, a)
	case "suffix":
		v.Suffix = in.ReadText()
	default:
		in.Skip()
	}
}

func (p *Param) read(member string, in *jsonscan.Scanner, a *shape.Arena) {
	switch member {
	case "name":
		p.Name = in.ReadText()
	case "shape":
		p.Shape = shape.Read(in, a)
	case "repeated":
		p.Repeated = in.ReadBool()
	case "indexed":
		p.Indexed = in.ReadBool()
	case "converter":
		p.Converter = Converter(in.ReadText())
	default:
		in.Skip()
	}
}

func (a *Auth) read(member string, in *jsonscan.Scanner, _ *shape.Arena) {
	switch member {
	case "type":
		a.Type = AuthType(in.ReadText())
	case "in":
		a.In = in.ReadText()
	case "name":
		a.Name = in.ReadText()
	case "format":
		a.Format = in.ReadText()
	default:
		in.Skip()
	}
}

func readBody(in *jsonscan.Scanner, a *shape.Arena) *Body {
	if in.Peek() == jsonscan.Null {
		in.Literal()
		return nil
	}
	var b Body
	for name, ok := in.BeginObject(); ok; name, ok = in.NextKey() {
		switch name {
		case "media_type":
			b.MediaType = in.ReadText()
		case "size":
			b.Size = shape.Buckets(in.ReadUint())
		case "shape":
			b.Shape = shape.Read(in, a)
		case "files":
			b.Files = readTexts(in)
		case "parts":
			b.Parts = readList(b.Parts, in, a, (*Part).read)
		case "unread":
			b.Unread = Unread(in.ReadText()).Known()
		case "quirks":
			for ok := in.BeginArray(); ok && in.NextElement(); {
				if quirk := Quirk(in.ReadText()); quirk.Known() {
					b.Quirks = append(b.Quirks, quirk)
				}
			}
		case "cut":
			b.Cut = in.ReadBool()
		case "actions":
			b.Actions = readList(b.Actions, in, a, (*Action).read)
		case "batch":
			b.Batch = in.ReadBool()
		default:
			in.Skip()
		}
	}
	return &b
}

func (p *Part) read(member string, in *jsonscan.Scanner, _ *shape.Arena) {
	switch member {
	case "name":
		p.Name = in.ReadText()
	case "json":
		p.JSON = in.ReadBool()
	case "indexed":
		p.Indexed = in.ReadBool()
	case "types":
		p.Types = readTexts(in)
	default:
		in.Skip()
	}
}

func (a *Action) read(member string, in *jsonscan.Scanner, arena *shape.Arena) {
	switch member {
	case "protocol":
		a.Protocol = Protocol(in.ReadText())
	case "name":
		a.Name = in.ReadText()
	case "fields":
		a.Fields = in.ReadBool()
	case "type":
		a.Type = in.ReadText()
	case "failed":
		a.Failed = in.ReadBool()
	case "count":
		a.Count = in.ReadUint()
	case "shape":
		a.Shape = shape.Read(in, arena)
	default:
		in.Skip()
	}
}

func readTexts(in *jsonscan.Scanner) []string {
	var texts []string
	for ok := in.BeginArray(); ok && in.NextElement(); {
		texts = append(texts, in.ReadText())
	}
	return texts
}
