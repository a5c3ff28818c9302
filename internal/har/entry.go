package har

import (
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"akita/internal/jsonscan"
)

// Errors for an entry that is JSON but not a call. All of them wrap ErrNotACall. They hold no
// value of the entry.
var (
	ErrNotACall    = errors.New("not a call")
	ErrNotAnObject = fmt.Errorf("%w: the entry is not an object", ErrNotACall)
	ErrNoRequest   = fmt.Errorf("%w: the entry has no request", ErrNotACall)
	ErrNoMethod    = fmt.Errorf("%w: the request has no method", ErrNotACall)
	ErrNoURL       = fmt.Errorf("%w: the request has no url", ErrNotACall)
	ErrNotHTTP     = fmt.Errorf("%w: the url of the request is not an HTTP URL", ErrNotACall)
)

// MaxPairs is the maximum number of headers, of cookies, of query parameters, and of form
// fields of one call. More are ignored.
const MaxPairs = 1000

// ParseEntry reads one HAR entry, a JSON object, into e and replaces what e held. The strings
// of e do not share memory with raw. It fails if raw is not JSON, or is not a call: a call has
// a request with a method and a url.
func ParseEntry(raw []byte, e *Entry) error {
	text := string(raw)
	n, err := parseEntry(text, e)
	if err == nil || errors.Is(err, ErrNotACall) {
		if rest := strings.TrimLeft(text[n:], " \t\r\n"); rest != "" {
			err = errors.New("more text after the entry")
		}
	}
	if err != nil {
		return fmt.Errorf("read entry: %w", err)
	}
	return nil
}

// parseEntry reads the entry at the start of text and returns its length. The strings of e may
// share memory with text.
func parseEntry(text string, e *Entry) (n int, err error) {
	e.reset()
	p := entryParser{Scanner: jsonscan.New(text)}
	object := p.Peek() == jsonscan.Object
	if object {
		p.entry(e)
	} else {
		p.Skip()
	}
	switch {
	case p.Err() != nil:
		return p.Offset(), p.Err()
	case !object:
		return p.Offset(), ErrNotAnObject
	case !p.sawRequest:
		return p.Offset(), ErrNoRequest
	case e.Request.Method == "":
		return p.Offset(), ErrNoMethod
	case e.Request.URL == "":
		return p.Offset(), ErrNoURL
	case !isHTTP(e.Request.URL):
		return p.Offset(), ErrNotHTTP
	}
	return p.Offset(), nil
}

// isHTTP reports whether a URL may be one of HTTP. Browsers also record data URLs, files and
// their own pages. A URL with another scheme counts as HTTP, because writers differ.
func isHTTP(url string) bool {
	scheme, _, found := strings.Cut(url[:min(len(url), 32)], ":")
	switch strings.ToLower(scheme) {
	case "data", "blob", "about", "file", "filesystem", "javascript",
		"chrome", "chrome-extension", "moz-extension", "safari-web-extension":
		return !found
	}
	return true
}

// reset empties the entry and keeps the memory of its slices.
func (e *Entry) reset() {
	*e = Entry{
		Latency: -1,
		Request: Request{
			Headers: e.Request.Headers[:0],
			Cookies: e.Request.Cookies[:0],
			Query:   e.Request.Query[:0],
		},
		Response: Response{
			Headers: e.Response.Headers[:0],
			Cookies: e.Response.Cookies[:0],
			Size:    -1,
		},
	}
}

// entryParser reads one entry. It ignores members whose type differs from HAR's, because
// writers differ, and a call is of use without one of its members.
type entryParser struct {
	jsonscan.Scanner
	sawRequest bool
}

func (p *entryParser) entry(e *Entry) {
	var timeMs, waitMs float64 = -1, -1
	p.members(func(name string) {
		switch name {
		case "startedDateTime":
			// A call with a malformed time still counts.
			if t, err := time.Parse(time.RFC3339Nano, p.text()); err == nil {
				e.Started = t.UTC()
			}
		case "time":
			timeMs = p.number(-1)
		case "timings":
			p.members(func(name string) {
				if name == "wait" {
					waitMs = p.number(-1)
				} else {
					p.Skip()
				}
			})
		case "request":
			p.sawRequest = p.Peek() == jsonscan.Object
			p.request(&e.Request)
		case "response":
			p.response(&e.Response)
		case "_akita":
			p.akita(&e.Akita)
		case "_resourceType":
			e.ResourceType = p.text()
		case "_initiator":
			p.members(func(name string) {
				if name == "type" {
					e.Initiator = p.text()
				} else {
					p.Skip()
				}
			})
		default:
			p.Skip()
		}
	})
	switch {
	case waitMs > 0:
		e.Latency = milliseconds(waitMs)
	case timeMs >= 0:
		e.Latency = milliseconds(timeMs)
	}
}

func (p *entryParser) request(r *Request) {
	p.members(func(name string) {
		switch name {
		case "method":
			r.Method = p.text()
		case "url":
			r.URL = p.text()
		case "headers":
			r.Headers = p.pairs(r.Headers)
		case "cookies":
			r.Cookies = p.pairs(r.Cookies)
		case "queryString":
			r.Query = p.pairs(r.Query)
		case "postData":
			r.Body = p.body()
		default:
			p.Skip()
		}
	})
}

func (p *entryParser) response(r *Response) {
	bodySize := int64(-1)
	p.members(func(name string) {
		switch name {
		case "status":
			r.Status = int(p.number(0))
		case "headers":
			r.Headers = p.pairs(r.Headers)
		case "cookies":
			r.Cookies = p.pairs(r.Cookies)
		case "content":
			r.Body, r.Size = p.content()
		case "bodySize":
			bodySize = int64(p.number(-1))
		default:
			p.Skip()
		}
	})
	if r.Status < 100 || r.Status > 999 {
		r.Status = 0
	}
	if r.Size < 0 {
		r.Size = bodySize
	}
}

// body reads postData. It returns nil if postData is empty.
func (p *entryParser) body() *Body {
	var b Body
	p.bodyMembers(&b, func(name string) {
		if name == "params" {
			b.Params = p.params()
		} else {
			p.Skip()
		}
	})
	if b.MediaType == "" && len(b.Params) == 0 && b.isEmpty() {
		return nil
	}
	return &b
}

// isEmpty reports whether an entry has no text for the body, and no place for it.
func (b *Body) isEmpty() bool { return b.Text == "" && b.File == "" && b.Fault == "" }

// content reads response.content and returns the body, nil without text, and its size.
func (p *entryParser) content() (*Body, int64) {
	var b Body
	size := int64(-1)
	p.bodyMembers(&b, func(name string) {
		if name == "size" {
			size = int64(p.number(-1))
		} else {
			p.Skip()
		}
	})
	if b.isEmpty() {
		return nil, size
	}
	return &b, size
}

// bodyMembers reads the members that postData and content have in common. It calls f for each
// other member; f moves past its value.
func (p *entryParser) bodyMembers(b *Body, f func(name string)) {
	var encoding string
	p.members(func(name string) {
		switch name {
		case "mimeType":
			b.MediaType = p.text()
		case "text":
			b.Text = p.text()
		case "encoding":
			encoding = p.text()
		case "_file": // Playwright's
			b.File = p.text()
		default:
			f(name)
		}
	})
	if b.Text != "" {
		b.File = ""
	}
	b.decode(encoding)
}

// decode decodes a text in base64. It keeps a text that starts like JSON or XML, which some writers
// label so too, and drops any other text that is not valid base64: it cannot know what that is.
func (b *Body) decode(encoding string) {
	if !strings.EqualFold(encoding, "base64") {
		return
	}
	decoded, err := base64.StdEncoding.DecodeString(b.Text)
	if err != nil {
		decoded, err = base64.RawURLEncoding.DecodeString(strings.TrimRight(b.Text, "="))
	}
	switch start := strings.TrimLeft(b.Text, " \t\r\n"); {
	case err == nil:
		b.Text = string(decoded)
	case start == "" || strings.IndexByte("{[<", start[0]) < 0:
		b.Text, b.Fault = "", Damaged
	}
}

func (p *entryParser) params() []Param {
	var params []Param
	p.elements(func() {
		var one Param
		p.members(func(name string) {
			switch name {
			case "name":
				one.Name = p.text()
			case "value":
				one.Value = p.text()
			case "fileName":
				one.FileName = p.text()
			case "contentType":
				one.ContentType = p.text()
			default:
				p.Skip()
			}
		})
		if one.Name != "" && len(params) < MaxPairs {
			params = append(params, one)
		}
	})
	return params
}

func (p *entryParser) pairs(pairs []Pair) []Pair {
	p.elements(func() {
		var one Pair
		p.members(func(name string) {
			switch name {
			case "name":
				one.Name = p.text()
			case "value":
				one.Value = p.text()
			default:
				p.Skip()
			}
		})
		if one.Name != "" && len(pairs) < MaxPairs {
			pairs = append(pairs, one)
		}
	})
	return pairs
}

func (p *entryParser) akita(a *Akita) {
	p.members(func(name string) {
		switch name {
		case "route":
			a.Known = true
			a.Route = p.text()
		case "converters":
			p.members(func(name string) {
				if a.Converters == nil {
					a.Converters = make(map[string]string)
				}
				if c := p.text(); len(a.Converters) < MaxPairs {
					a.Converters[name] = c
				}
			})
		case "view":
			a.View = p.text()
		case "source":
			a.IsTest = p.text() == "test"
		case "streamed":
			a.Streamed = p.bool()
		case "request_cut":
			a.RequestCut = p.bool()
		case "response_cut":
			a.ResponseCut = p.bool()
		case "consumer":
			a.Consumer = p.text()
		case "consumer_version":
			a.ConsumerVersion = p.text()
		case "consumer_in_header":
			a.ConsumerInHeader = p.bool()
		default:
			p.Skip()
		}
	})
}

// members calls f for each member of an object; f moves past its value. It skips other values.
func (p *entryParser) members(f func(name string)) {
	if p.Peek() != jsonscan.Object {
		p.Skip()
		return
	}
	p.Begin()
	for name, ok := p.NextKey(); ok; name, ok = p.NextKey() {
		f(name)
	}
}

// elements calls f for each element of an array; f moves past it. It skips other values.
func (p *entryParser) elements(f func()) {
	if p.Peek() != jsonscan.Array {
		p.Skip()
		return
	}
	for p.Begin(); p.NextElement(); {
		f()
	}
}

// text reads a string. It returns a number as it is written, because some writers do not quote
// form values, and "" for any other value.
func (p *entryParser) text() string {
	switch p.Peek() {
	case jsonscan.String:
		return p.Text()
	case jsonscan.Number:
		return p.Scanner.Number()
	default:
		p.Skip()
		return ""
	}
}

func (p *entryParser) bool() bool {
	is := p.Peek() == jsonscan.True
	p.Skip()
	return is
}

// number reads a finite number, which may be quoted. It returns fallback for any other value.
func (p *entryParser) number(fallback float64) float64 {
	n, err := strconv.ParseFloat(p.text(), 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return fallback
	}
	return n
}

// milliseconds converts to a duration of at most a year, so that it cannot overflow.
func milliseconds(ms float64) time.Duration {
	const year = 365 * 24 * time.Hour
	if ms >= float64(year/time.Millisecond) {
		return year
	}
	return time.Duration(ms * float64(time.Millisecond))
}
