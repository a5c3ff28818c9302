package suite_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/openapi"
	"akita/internal/witness"
	"akita/test/accuracy/apis"
	"akita/test/accuracy/suite"
)

// Every value of the traffic is replaced by a unique one. No document may have one of them,
// under any options.
func TestDocumentsHoldNoValues(t *testing.T) {
	t.Parallel()
	for _, api := range apis.All() {
		t.Run(api.Name, func(t *testing.T) {
			t.Parallel()
			made, err := suite.Make(api, 100, suite.Seed)
			if err != nil {
				t.Fatal(err)
			}
			for _, routes := range []bool{false, true} {
				for _, enums := range []bool{false, true} {
					checkNoValue(t, made.Traffic, routes, enums)
				}
			}
		})
	}
}

func checkNoValue(t *testing.T, traffic []byte, routes, enums bool) {
	t.Helper()
	api := modelOfCanaries(t, traffic, routes, enums)
	for _, plain := range []bool{false, true} {
		document, err := openapi.New(api, openapi.Options{Plain: plain}).JSON()
		if err != nil {
			t.Fatal(err)
		}
		lower := strings.ToLower(string(document))
		for _, mark := range []string{textMark, hex.EncodeToString([]byte(textMark)), numberMark} {
			if i := strings.Index(lower, mark); i >= 0 {
				t.Errorf(
					"routes %v, enums %v: a value leaks: …%s…",
					routes,
					enums,
					document[max(0, i-200):min(len(document), i+40)],
				)
			}
		}
		var value any
		if err := json.Unmarshal(document, &value); err != nil {
			t.Fatal(err)
		}
		checkNoExample(t, value)
	}
}

// checkNoExample fails on members of schemas and parameters that hold a value.
func checkNoExample(t *testing.T, value any) {
	t.Helper()
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			switch name {
			case "example", "examples", "const", "pattern", "minimum", "maximum":
				t.Errorf("the document has %s: %v", name, member)
			case "properties": // the names are those of the API
				for _, property := range member.(map[string]any) {
					checkNoExample(t, property)
				}
				continue
			case "default":
				if _, response := member.(map[string]any)["description"]; !response {
					t.Errorf("the document has a default: %v", member)
				}
			}
			checkNoExample(t, member)
		}
	case []any:
		for _, item := range v {
			checkNoExample(t, item)
		}
	}
}

func modelOfCanaries(t *testing.T, traffic []byte, routes, enums bool) *endpoints.Set {
	t.Helper()
	m, decoder, c := apimodel.New(), har.NewDecoder(bytes.NewReader(traffic)), new(canaries)
	for {
		var e har.Entry
		err := decoder.Next(&e)
		if errors.Is(err, io.EOF) {
			return endpoints.Infer(m)
		}
		if err != nil {
			t.Fatal(err)
		}
		if !routes {
			e.Akita = har.Akita{}
		}
		c.spoil(&e)
		w := witness.FromEntry(&e, witness.Options{Enums: enums})
		m.Add(&w)
	}
}

// The marks are part of every canary and of nothing else.
const (
	textMark   = "kanari"
	numberMark = "770077"
)

// canaries makes values that are all different.
type canaries struct{ n int }

func (c *canaries) text() string   { c.n++; return fmt.Sprintf("%s%c%d", textMark, 'a'+c.n%26, c.n) }
func (c *canaries) number() string { c.n++; return fmt.Sprintf("%s%06d", numberMark, c.n) }

// spoil replaces the values of an entry, and keeps names and structure.
func (c *canaries) spoil(e *har.Entry) {
	e.Request.URL = c.target(e.Request.URL)
	c.pairs(e.Request.Query)
	c.pairs(e.Request.Cookies)
	c.headers(e.Request.Headers)
	c.headers(e.Response.Headers)
	c.body(e.Request.Body)
	c.body(e.Response.Body)
}

// target replaces numbers in the path and the values of the query. Words in the path may be
// names of the API, so they stay.
func (c *canaries) target(text string) string {
	path, query, _ := strings.Cut(text, "?")
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		if segment != "" && strings.Trim(segment, "0123456789") == "" {
			segments[i] = c.number()
		}
	}
	var pairs []string
	for part := range strings.SplitSeq(query, "&") {
		name, _, ok := strings.Cut(part, "=")
		switch {
		case name == "operationName" && strings.Contains(query, "extensions="): // of a persisted query
			pairs = append(pairs, part)
		case ok:
			pairs = append(pairs, name+"="+c.text())
		}
	}
	return strings.Join(segments, "/") + "?" + strings.Join(pairs, "&")
}

func (c *canaries) pairs(pairs []har.Pair) {
	isGraphQL := slices.ContainsFunc(pairs, func(p har.Pair) bool { return p.Name == "extensions" })
	for i := range pairs {
		if pairs[i].Name != "operationName" || !isGraphQL { // it is a name of the API
			pairs[i].Value = c.text()
		}
	}
}

func (c *canaries) headers(headers []har.Pair) {
	for i := range headers {
		h := &headers[i]
		switch strings.ToLower(h.Name) {
		case "host", "content-type":
		case "authorization":
			scheme, _, _ := strings.Cut(h.Value, " ")
			h.Value = scheme + " " + c.text()
		case "cookie":
			cookies := strings.Split(h.Value, "; ")
			for j := range cookies {
				name, _, _ := strings.Cut(cookies[j], "=")
				cookies[j] = name + "=" + c.text()
			}
			h.Value = strings.Join(cookies, "; ")
		default:
			h.Value = c.text()
		}
	}
}

func (c *canaries) body(b *har.Body) {
	if b == nil {
		return
	}
	for i := range b.Params {
		b.Params[i].Value = c.text()
	}
	switch {
	case b.Text == "":
	case strings.HasPrefix(b.MediaType, "application/x-www-form-urlencoded"):
		form, err := url.ParseQuery(b.Text)
		if err != nil {
			b.Text = c.text()
			return
		}
		for _, values := range form {
			for i := range values {
				values[i] = c.text()
			}
		}
		b.Text = form.Encode()
	default:
		b.Text = c.lines(b.Text)
	}
}

// lines replaces the values of a JSON text or of one JSON text per line, and any other text as a
// whole.
func (c *canaries) lines(text string) string {
	var out []string
	for line := range strings.Lines(text) {
		prefix, rest := "", strings.TrimSpace(line)
		if data, ok := strings.CutPrefix(rest, "data: "); ok {
			prefix, rest = "data: ", data
		}
		decoder := json.NewDecoder(strings.NewReader(rest))
		decoder.UseNumber()
		var value any
		if err := decoder.Decode(&value); err != nil {
			out = append(out, prefix+c.text())
			continue
		}
		plain, err := json.Marshal(c.value(value))
		if err != nil { // cannot happen: it was read as JSON
			plain = nil
		}
		out = append(out, prefix+string(plain))
	}
	return strings.Join(out, "\n")
}

func (c *canaries) value(value any) any {
	switch v := value.(type) {
	case string:
		return c.text()
	case json.Number:
		return json.Number(c.number())
	case []any:
		for i := range v {
			v[i] = c.value(v[i])
		}
	case map[string]any:
		_, isGraphQL := v["extensions"] // which names a persisted query
		for name := range v {
			if name != "operationName" || !isGraphQL { // it is a name of the API
				v[name] = c.value(v[name])
			}
		}
	}
	return value
}
