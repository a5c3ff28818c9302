package witness

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"akita/internal/jsonscan"
	"akita/internal/shape"
)

// MediaType is that of witnesses as lines.
const MediaType = "application/x-ndjson"

// MaxLineBytes bounds one witness on the wire.
const MaxLineBytes = 4 << 20

// ErrMalformed means that a line is not a witness.
var ErrMalformed = errors.New("malformed witness")

// AppendLine appends the witness as one line of NDJSON: the form in which witnesses are spooled,
// uploaded and queued. It leaves out members that are zero. It fails with ErrMalformed if the
// line would be longer than MaxLineBytes.
func AppendLine(dst []byte, w *Witness) ([]byte, error) {
	start := len(dst)
	dst = w.appendJSON(dst)
	if len(dst)-start >= MaxLineBytes {
		return dst[:start], fmt.Errorf("%w: it is longer than %d bytes", ErrMalformed, MaxLineBytes)
	}
	return append(dst, '\n'), nil
}

func (w *Witness) appendJSON(dst []byte) []byte {
	dst = append(dst, '{')
	if !w.Start.IsZero() {
		dst = append(jsonscan.AppendName(dst, "start"), '"')
		dst = append(w.Start.AppendFormat(dst, time.RFC3339Nano), '"')
	}
	if w.LatencyMs != 0 {
		dst = strconv.AppendFloat(jsonscan.AppendName(dst, "latency_ms"), w.LatencyMs, 'f', -1, 64)
	}
	dst = jsonscan.AppendText(dst, "method", w.Method)
	dst = jsonscan.AppendText(dst, "scheme", w.Scheme)
	dst = jsonscan.AppendText(dst, "host", w.Host)
	dst = jsonscan.AppendText(dst, "template", w.Template)
	dst = jsonscan.AppendText(dst, "base_template", w.BaseTemplate)
	dst = jsonscan.AppendText(dst, "view", w.View)
	dst = jsonscan.AppendTrue(dst, "no_route", w.NoRoute)
	dst = jsonscan.AppendList(dst, "path", w.Path, (*Segment).appendJSON)
	dst = jsonscan.AppendList(dst, "path_args", w.PathArgs, (*Param).appendJSON)
	dst = jsonscan.AppendList(dst, "query", w.Query, (*Param).appendJSON)
	dst = jsonscan.AppendList(dst, "headers", w.Headers, (*Param).appendJSON)
	dst = jsonscan.AppendList(dst, "cookies", w.Cookies, (*Param).appendJSON)
	dst = jsonscan.AppendList(dst, "auth", w.Auth, (*Auth).appendJSON)
	dst = w.Request.appendJSON(dst, "request")
	dst = jsonscan.AppendUint(dst, "status", uint64(max(w.Status, 0)))
	dst = w.Response.appendJSON(dst, "response")
	dst = jsonscan.AppendList(dst, "response_headers", w.ResponseHeaders, (*Param).appendJSON)
	dst = jsonscan.AppendTrue(dst, "streamed", w.Streamed)
	dst = jsonscan.AppendTrue(dst, "same_page", w.SamePage)
	dst = jsonscan.AppendTrue(dst, "browser", w.Browser)
	dst = jsonscan.AppendText(dst, "consumer", w.Consumer.Name)
	dst = jsonscan.AppendText(dst, "consumer_version", w.Consumer.Version)
	return append(dst, '}')
}

func (s *Segment) appendJSON(dst []byte) []byte {
	dst = jsonscan.AppendText(dst, "literal", s.Literal)
	dst = jsonscan.AppendText(dst, "prefix", s.Prefix)
	dst = appendShape(dst, "kind", s.Kind)
	dst = jsonscan.AppendText(dst, "suffix", s.Suffix)
	dst = jsonscan.AppendList(dst, "more", s.More, (*SegmentValue).appendJSON)
	return jsonscan.AppendText(dst, "echo", s.Echo)
}

func (v *SegmentValue) appendJSON(dst []byte) []byte {
	return jsonscan.AppendText(appendShape(dst, "kind", v.Kind), "suffix", v.Suffix)
}

func (p *Param) appendJSON(dst []byte) []byte {
	dst = jsonscan.AppendText(dst, "name", p.Name)
	dst = appendShape(dst, "shape", p.Shape)
	dst = jsonscan.AppendTrue(dst, "repeated", p.Repeated)
	dst = jsonscan.AppendTrue(dst, "indexed", p.Indexed)
	return jsonscan.AppendText(dst, "converter", string(p.Converter))
}

func (a *Auth) appendJSON(dst []byte) []byte {
	dst = jsonscan.AppendText(dst, "type", string(a.Type))
	dst = jsonscan.AppendText(dst, "in", a.In)
	dst = jsonscan.AppendText(dst, "name", a.Name)
	return jsonscan.AppendText(dst, "format", a.Format)
}

func (b *Body) appendJSON(dst []byte, name string) []byte {
	if b == nil {
		return dst
	}
	dst = append(jsonscan.AppendName(dst, name), '{')
	dst = jsonscan.AppendText(dst, "media_type", b.MediaType)
	dst = jsonscan.AppendUint(dst, "size", uint64(b.Size))
	dst = appendShape(dst, "shape", b.Shape)
	dst = appendTexts(dst, "files", b.Files)
	dst = jsonscan.AppendList(dst, "parts", b.Parts, (*Part).appendJSON)
	dst = jsonscan.AppendText(dst, "unread", string(b.Unread))
	if len(b.Quirks) > 0 {
		dst = append(jsonscan.AppendName(dst, "quirks"), '[')
		for _, quirk := range b.Quirks {
			dst = jsonscan.AppendString(jsonscan.Next(dst), string(quirk))
		}
		dst = append(dst, ']')
	}
	dst = jsonscan.AppendTrue(dst, "cut", b.Cut)
	dst = jsonscan.AppendList(dst, "actions", b.Actions, (*Action).appendJSON)
	return append(jsonscan.AppendTrue(dst, "batch", b.Batch), '}')
}

func (a *Action) appendJSON(dst []byte) []byte {
	dst = jsonscan.AppendText(dst, "protocol", string(a.Protocol))
	dst = jsonscan.AppendText(dst, "name", a.Name)
	dst = jsonscan.AppendTrue(dst, "fields", a.Fields)
	dst = jsonscan.AppendText(dst, "type", a.Type)
	dst = jsonscan.AppendTrue(dst, "failed", a.Failed)
	dst = jsonscan.AppendUint(dst, "count", a.Count)
	return appendShape(dst, "shape", a.Shape)
}

func (p *Part) appendJSON(dst []byte) []byte {
	dst = jsonscan.AppendText(dst, "name", p.Name)
	dst = jsonscan.AppendTrue(dst, "json", p.JSON)
	dst = jsonscan.AppendTrue(dst, "indexed", p.Indexed)
	return appendTexts(dst, "types", p.Types)
}

// appendTexts appends a list of texts, which is left out if it is empty.
func appendTexts(dst []byte, name string, texts []string) []byte {
	if len(texts) == 0 {
		return dst
	}
	dst = append(jsonscan.AppendName(dst, name), '[')
	for _, text := range texts {
		dst = jsonscan.AppendString(jsonscan.Next(dst), text)
	}
	return append(dst, ']')
}

func appendShape(dst []byte, name string, s *shape.Shape) []byte {
	if s == nil {
		return dst
	}
	return s.AppendJSON(jsonscan.AppendName(dst, name))
}
