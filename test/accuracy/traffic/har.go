package traffic

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"akita/test/accuracy/fiction"
)

type pair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type formField struct {
	Name        string `json:"name"`
	Value       string `json:"value,omitempty"`
	FileName    string `json:"fileName,omitempty"`
	ContentType string `json:"contentType,omitempty"`
}

type postData struct {
	MimeType string      `json:"mimeType"`
	Text     string      `json:"text"`
	Encoding string      `json:"encoding,omitempty"`
	Params   []formField `json:"params,omitempty"`
}

type content struct {
	Size     int    `json:"size"`
	MimeType string `json:"mimeType"`
	Text     string `json:"text,omitempty"`
	Encoding string `json:"encoding,omitempty"`
}

type request struct {
	Method      string    `json:"method"`
	URL         string    `json:"url"`
	HTTPVersion string    `json:"httpVersion"`
	Cookies     []pair    `json:"cookies"`
	Headers     []pair    `json:"headers"`
	QueryString []pair    `json:"queryString"`
	PostData    *postData `json:"postData,omitempty"`
	HeadersSize int       `json:"headersSize"`
	BodySize    int       `json:"bodySize"`
}

type response struct {
	Status      int     `json:"status"`
	StatusText  string  `json:"statusText"`
	HTTPVersion string  `json:"httpVersion"`
	Cookies     []pair  `json:"cookies"`
	Headers     []pair  `json:"headers"`
	Content     content `json:"content"`
	RedirectURL string  `json:"redirectURL"`
	HeadersSize int     `json:"headersSize"`
	BodySize    int     `json:"bodySize"`
}

type entry struct {
	StartedDateTime string         `json:"startedDateTime"`
	Time            int            `json:"time"`
	Request         request        `json:"request"`
	Response        response       `json:"response"`
	Cache           struct{}       `json:"cache"`
	Timings         map[string]int `json:"timings"`
	Akita           akita          `json:"_akita"`
}

// akita holds what our middleware adds.
type akita struct {
	Route      string            `json:"route,omitempty"`
	Converters map[string]string `json:"converters,omitempty"`
}

// Writer writes calls as HAR entries, one per line.
type Writer struct {
	api *fiction.API
	out *json.Encoder
}

// NewWriter returns a writer of the calls of an API.
func NewWriter(w io.Writer, api *fiction.API) *Writer {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return &Writer{api, e}
}

// Write writes one call.
func (w *Writer) Write(c *Call) error {
	e := entry{
		StartedDateTime: c.Started.Format("2006-01-02T15:04:05.000Z07:00"),
		Time:            c.Millis,
		Timings:         map[string]int{"send": 0, "wait": c.Millis, "receive": 0},
		Akita:           newRoute(w.api.Routes, c),
	}
	e.Request = newRequest(w.api.Host, c)
	e.Response = newResponse(c)
	if err := w.out.Encode(&e); err != nil {
		return fmt.Errorf("write HAR entry: %w", err)
	}
	return nil
}

func newRequest(host string, c *Call) request {
	r := request{
		Method:      c.Method,
		URL:         c.URL,
		HTTPVersion: "HTTP/1.1",
		Cookies:     []pair{},
		QueryString: queryPairs(c.Query),
		HeadersSize: -1,
	}
	r.Headers = []pair{{"Host", host}, {"User-Agent", "probe/1.0"}, {"Accept", "*/*"}}
	for _, m := range slices.Concat(c.Header, c.Plain) {
		r.Headers = append(r.Headers, pair{m.Name, m.Value.Plain()})
	}
	for _, m := range c.Cookies {
		r.Cookies = append(r.Cookies, pair{m.Name, m.Value.Plain()})
	}
	r.login(c)
	if len(r.Cookies) > 0 {
		var parts []string
		for _, cookie := range r.Cookies {
			parts = append(parts, cookie.Name+"="+cookie.Value)
		}
		r.Headers = append(r.Headers, pair{"Cookie", strings.Join(parts, "; ")})
	}
	if c.Request != nil {
		r.PostData = newPostData(c.Request)
		r.BodySize = len(r.PostData.Text)
		r.Headers = append(
			r.Headers,
			pair{"Content-Type", r.PostData.MimeType},
			pair{"Content-Length", fmt.Sprint(r.BodySize)},
		)
	}
	return r
}

// login adds the credentials, except one in the query, which is in the URL already.
func (r *request) login(c *Call) {
	for i, credential := range c.Login {
		secret := c.Secrets[i].Value.Plain()
		switch {
		case credential.In == "query":
			r.QueryString = append(r.QueryString, pair{credential.Name, secret})
		case credential.In == "cookie":
			r.Cookies = append(r.Cookies, pair{credential.Name, secret})
			if credential.CSRF != "" {
				r.Headers = append(r.Headers, pair{credential.CSRF, "csrf" + secret})
			}
		default:
			name, value := credential.Header(secret)
			r.Headers = append(r.Headers, pair{name, value})
		}
	}
}

func newResponse(c *Call) response {
	r := response{
		Status:      c.Answer.Status,
		HTTPVersion: "HTTP/1.1",
		Cookies:     []pair{},
		Headers:     []pair{},
		HeadersSize: -1,
	}
	for _, name := range sortedKeys(c.Answer.Headers) {
		r.Headers = append(r.Headers, pair{name, c.Answer.Headers[name]})
	}
	for _, m := range c.Returned {
		r.Headers = append(r.Headers, pair{m.Name, m.Value.Plain()})
	}
	if c.Response == nil || c.Method == http.MethodHead {
		return r
	}
	text, encoding := transport(c.Response.bytes())
	r.Content = content{Size: len(text), MimeType: c.Response.Kind.MediaType, Text: text, Encoding: encoding}
	r.BodySize = len(text)
	r.Headers = append(r.Headers, pair{"Content-Type", c.Response.Kind.MediaType})
	return r
}

// transport returns a body as in HAR: base64 unless it is text.
func transport(text string) (carried, encoding string) {
	if utf8.ValidString(text) && !strings.ContainsRune(text, 0) {
		return text, ""
	}
	return base64.StdEncoding.EncodeToString([]byte(text)), "base64"
}

func queryPairs(query []fiction.Member) []pair {
	pairs := []pair{}
	for _, m := range query {
		if m.Value.Kind == fiction.Array {
			for _, item := range m.Value.Items {
				pairs = append(pairs, pair{m.Name, item.Plain()})
			}
			continue
		}
		pairs = append(pairs, pair{m.Name, m.Value.Plain()})
	}
	return pairs
}
