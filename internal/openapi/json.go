package openapi

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// JSON returns the document as indented JSON with a newline at its end.
func (d *Document) JSON() ([]byte, error) {
	var b bytes.Buffer
	err := d.WriteJSON(&b, "  ")
	return b.Bytes(), err
}

// WriteJSON writes the document as JSON with a newline at its end; indent is what each level is
// indented by, "" for one line. An error is one of w.
func (d *Document) WriteJSON(w io.Writer, indent string) error {
	return encodeJSON(jsontext.NewEncoder(w, jsonOptions(indent)...), d.root())
}

func jsonOptions(indent string) []jsontext.Options {
	options := []jsontext.Options{
		jsontext.AllowDuplicateNames(true), // no object has any, so that to look for them costs only time
		jsontext.AllowInvalidUTF8(true),    // it is written as U+FFFD
		jsontext.EscapeForJS(true),
		jsontext.PreserveRawStrings(true),
	}
	if indent != "" {
		options = append(options, jsontext.WithIndent(indent))
	}
	return options
}

func encodeJSON(e *jsontext.Encoder, v any) error {
	switch v := v.(type) {
	case object:
		return encodeMembers(e, v.All())
	case members:
		return encodeMembers(e, v)
	case []any:
		if err := e.WriteToken(jsontext.BeginArray); err != nil {
			return err
		}
		for _, item := range v {
			if err := encodeJSON(e, item); err != nil {
				return err
			}
		}
		return e.WriteToken(jsontext.EndArray)
	case string:
		return encodeText(e, v)
	case bool:
		return e.WriteToken(jsontext.Bool(v))
	case int:
		return e.WriteToken(jsontext.Int(int64(v)))
	case uint64:
		return e.WriteToken(jsontext.Uint(v))
	case float64:
		return e.WriteToken(jsontext.Float(v))
	case nil:
		return e.WriteToken(jsontext.Null)
	}
	return fmt.Errorf("a %T is not a value of a document", v)
}

func encodeMembers(e *jsontext.Encoder, all members) error {
	if err := e.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	for key, value := range all {
		if err := encodeText(e, key); err != nil {
			return err
		}
		if err := encodeJSON(e, value); err != nil {
			return err
		}
	}
	return e.WriteToken(jsontext.EndObject)
}

// encodeText escapes the characters that JSON allows in a string and YAML does not (YAML 1.2,
// section 5.1), because many tools read JSON with a YAML parser.
func encodeText(e *jsontext.Encoder, text string) error {
	if strings.IndexFunc(text, isUnprintable) < 0 {
		return e.WriteToken(jsontext.String(text))
	}
	return e.WriteValue(quoted(text))
}

// quoted returns a text as a string of JSON that is one of YAML too.
func quoted(text string) []byte {
	plain, _ := jsontext.AppendQuote(nil, text) // an error says that invalid UTF-8 became U+FFFD
	if strings.IndexFunc(text, isUnprintable) < 0 {
		return plain
	}
	var out []byte
	for _, r := range string(plain) {
		if isUnprintable(r) {
			out = fmt.Appendf(out, `\u%04x`, r)
		} else {
			out = append(out, string(r)...)
		}
	}
	return out
}

// isUnprintable reports whether JSON allows a character in a string, and YAML does not or reads it
// as the end of a line.
func isUnprintable(r rune) bool {
	switch {
	case '\x7f' <= r && r <= '\u009f', r == '\u2028', r == '\u2029', r == '\ufeff', r == '\ufffe', r == '\uffff':
		return true
	}
	return false
}
