package rename

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/url"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Entries renames HAR entries, one per line.
func (r *Renamer) Entries(entries []byte) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	n := 0
	for line := range bytes.Lines(entries) {
		decoder := json.NewDecoder(bytes.NewReader(line))
		decoder.UseNumber()
		var entry map[string]any
		if err := decoder.Decode(&entry); err != nil {
			return nil, fmt.Errorf("entry %d: %w", n, err)
		}
		r.entry(entry)
		if err := encoder.Encode(entry); err != nil {
			return nil, fmt.Errorf("entry %d: %w", n, err)
		}
		n++
	}
	return out.Bytes(), nil
}

func (r *Renamer) entry(entry map[string]any) {
	request, response := object(entry["request"]), object(entry["response"])
	method, _ := request["method"].(string)
	if target, ok := request["url"].(string); ok {
		request["url"] = r.URL(method, target)
	}
	r.pairs(request["headers"])
	r.pairs(request["cookies"])
	r.pairs(request["queryString"])
	r.body(object(request["postData"]))
	r.pairs(object(request["postData"])["params"])
	r.pairs(response["headers"])
	r.pairs(response["cookies"])
	r.body(object(response["content"]))
	if target, ok := response["redirectURL"].(string); ok {
		response["redirectURL"] = r.URL(method, target)
	}
}

func object(value any) map[string]any {
	o, _ := value.(map[string]any)
	return o
}

// pairs renames the values of a list of names and values.
func (r *Renamer) pairs(list any) {
	items, _ := list.([]any)
	for _, item := range items {
		pair := object(item)
		if value, ok := pair["value"].(string); ok {
			pair["value"] = r.Value(value)
		}
	}
}

// body renames a body by its media type. Text without a known structure stays.
func (r *Renamer) body(body map[string]any) {
	text, ok := body["text"].(string)
	if !ok {
		return
	}
	declared, _ := body["mimeType"].(string)
	mediaType, _, _ := mime.ParseMediaType(declared)
	if body["encoding"] == "base64" {
		if plain, err := base64.StdEncoding.DecodeString(text); err == nil {
			body["text"] = base64.StdEncoding.EncodeToString([]byte(r.content(mediaType, string(plain))))
		}
		return
	}
	body["text"] = r.content(mediaType, text)
}

func (r *Renamer) content(mediaType, text string) string {
	if mediaType == "application/x-www-form-urlencoded" {
		return r.form(text)
	}
	if renamed, ok := r.json(text); ok {
		return renamed
	}
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		plain := strings.TrimRight(line, "\r\n")
		prefix := ""
		if data, ok := strings.CutPrefix(plain, "data: "); ok {
			prefix, plain = "data: ", data
		}
		if renamed, ok := r.json(plain); ok {
			lines[i] = prefix + renamed + line[len(prefix)+len(plain):]
		}
	}
	return strings.Join(lines, "")
}

// form renames the values of a form.
func (r *Renamer) form(text string) string {
	pairs := strings.Split(text, "&")
	for i, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")
		plain, err := url.QueryUnescape(value)
		if !ok || err != nil {
			continue
		}
		if to := r.Value(plain); to != plain {
			pairs[i] = name + "=" + url.QueryEscape(to)
		}
	}
	return strings.Join(pairs, "&")
}

// json renames the values and keys of a JSON text that is an object or an array. Its members
// stay in order, also duplicate ones.
func (r *Renamer) json(text string) (renamed string, ok bool) { return rewrite(text, r.write) }

// JSON renames the keys of a JSON text, and its strings that are data, or lines of data.
func (r *Renamer) JSON(text string) string {
	renamed, _ := rewrite(text, func(encoder *jsontext.Encoder, token jsontext.Token, _ bool) error {
		if token.Kind() == '"' {
			lines := strings.Split(token.String(), "\n")
			for i, line := range lines {
				lines[i] = r.Text(line)
			}
			return encoder.WriteToken(jsontext.String(strings.Join(lines, "\n")))
		}
		return encoder.WriteToken(token)
	})
	return renamed
}

// rewrite writes each token of a JSON text that is an object or an array. Write also gets whether
// a token is a name.
func rewrite(
	text string, write func(encoder *jsontext.Encoder, token jsontext.Token, isName bool) error,
) (renamed string, ok bool) {
	if trimmed := strings.TrimLeft(text, " \t\r\n"); trimmed == "" || !strings.ContainsRune("{[", rune(trimmed[0])) {
		return text, false
	}
	options := []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}
	var out bytes.Buffer
	decoder := jsontext.NewDecoder(strings.NewReader(text), options...)
	encoder := jsontext.NewEncoder(&out, options...)
	for depth := -1; depth != 0; depth = decoder.StackDepth() {
		within, position := decoder.StackIndex(decoder.StackDepth())
		token, err := decoder.ReadToken()
		if err != nil {
			return text, false
		}
		if err := write(encoder, token, within == '{' && position%2 == 0); err != nil {
			return text, false
		}
	}
	if _, err := decoder.ReadToken(); !errors.Is(err, io.EOF) {
		return text, false // several values, or no JSON
	}
	return strings.TrimSuffix(out.String(), "\n"), true
}

// write writes a token, renamed if it is data.
func (r *Renamer) write(encoder *jsontext.Encoder, token jsontext.Token, isName bool) error {
	switch text := token.String(); {
	case token.Kind() == '"' && isName:
		return encoder.WriteToken(jsontext.String(r.Text(text)))
	case token.Kind() == '"':
		return encoder.WriteToken(jsontext.String(r.Value(text)))
	case token.Kind() == '0':
		return encoder.WriteValue(jsontext.Value(r.Text(text)))
	}
	return encoder.WriteToken(token)
}
