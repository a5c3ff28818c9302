package api

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// maxBodyBytes limits the JSON of a request.
const maxBodyBytes = 1 << 20

// decode decodes the JSON object in a request's body. It refuses unknown and
// duplicate members, and data after the object.
func decode(w http.ResponseWriter, r *http.Request, into any) error {
	body, err := readJSON(w, r, maxBodyBytes)
	if err != nil {
		return err
	}
	if kind := jsontext.Value(body).Kind(); kind != jsontext.KindBeginObject {
		return &problem{code: codeInvalidRequest, detail: "The body must be a JSON object."}
	}
	if err := json.Unmarshal(body, into, json.RejectUnknownMembers(true)); err != nil {
		return decodeProblem(err)
	}
	return nil
}

// readJSON reads a request's body, which must be declared as JSON and have at most maxBytes.
func readJSON(w http.ResponseWriter, r *http.Request, maxBytes int64) ([]byte, error) {
	return readBody(w, r, maxBytes, "application/json")
}

// readBody reads a request's body, which must have one of some media types and at most maxBytes.
func readBody(w http.ResponseWriter, r *http.Request, maxBytes int64, mediaTypes ...string) ([]byte, error) {
	if err := requireMediaType(r, mediaTypes...); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBytes))
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, &problem{code: codeTooLarge,
			detail: fmt.Sprintf("The body is larger than the limit of %d bytes.", tooLarge.Limit)}
	}
	if err != nil { // a temporary failure: a proxy or the network cut it off
		return nil, &problem{code: codeUnavailable, retryAfter: retryLater,
			detail: "The request was cut off: send it again."}
	}
	return body, nil
}

func requireMediaType(r *http.Request, want ...string) error {
	got, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || !slices.Contains(want, got) {
		return &problem{code: codeUnsupportedMediaType,
			detail: "The Content-Type is not supported: send the body with the header Content-Type: " +
				strings.Join(want, " or ") + "."}
	}
	return nil
}

// decodeProblem returns the problem for an error of decoding. It names the member
// that is wrong, but not its value.
func decodeProblem(err error) error {
	if syntax, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		detail := fmt.Sprintf("The body is not valid JSON at byte %d", syntax.ByteOffset)
		if errors.Is(err, jsontext.ErrDuplicateName) {
			detail += ": duplicate member"
		}
		return &problem{code: codeInvalidRequest, detail: detail + "."}
	}
	semantic, ok := errors.AsType[*json.SemanticError](err)
	if !ok {
		return fmt.Errorf("decode body: %w", err)
	}
	detail := "has the wrong type"
	if errors.Is(err, json.ErrUnknownName) {
		detail = "is unknown; remove it or correct its name"
	} else if semantic.GoType != nil {
		detail = "must be " + typeName(semantic.GoType)
	}
	var f fields
	f.add(fieldName(semantic.JSONPointer), detail)
	return f.err()
}

// fieldName returns the text of a JSON pointer with dots: clients.0.name.
func fieldName(p jsontext.Pointer) string {
	return strings.Join(slices.Collect(p.Tokens()), ".")
}

func typeName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Int:
		return "an integer"
	case reflect.Slice:
		return "an array"
	case reflect.Pointer:
		return typeName(t.Elem())
	case reflect.Struct:
		if t == timeType {
			return "a time such as 2025-11-22T12:00:00Z"
		}
		return "an object"
	default:
		return "of another type"
	}
}

// fields collects the errors of a request's fields.
type fields []fieldError

func (f *fields) add(field, detail string) { *f = append(*f, fieldError{field, detail}) }

// name checks a name that a user chooses.
func (f *fields) name(field, value string, maxLength int) {
	switch {
	case value == "":
		f.add(field, "is missing")
	case utf8.RuneCountInString(value) > maxLength:
		f.add(field, fmt.Sprintf("must have at most %d characters", maxLength))
	case strings.TrimSpace(value) != value:
		f.add(field, "must not begin or end with a space")
	case strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) }):
		f.add(field, "must contain only printable characters")
	}
}

// err returns a problem with all errors that were added, or nil if there are none.
func (f *fields) err() error {
	if len(*f) == 0 {
		return nil
	}
	details := make([]string, len(*f))
	for i, e := range *f {
		details[i] = fmt.Sprintf("%q %s", e.Field, e.Detail)
	}
	return &problem{
		code: codeInvalidRequest, detail: "The request is invalid: " + strings.Join(details, "; ") + ".", fields: *f,
	}
}

// checkQuery refuses malformed and unknown query parameters: a filter with a wrong
// name would otherwise match everything.
func checkQuery(r *http.Request, known []string) error {
	query, err := url.ParseQuery(r.URL.RawQuery) // URL.Query ignores malformed parameters
	if err != nil {
		return &problem{code: codeInvalidRequest,
			detail: `The query string is malformed: join parameters with "&" and percent-encode other characters.`}
	}
	var f fields
	for name := range query {
		if slices.Contains(known, name) {
			continue
		}
		detail := "is unknown; this operation takes no query parameters"
		if len(known) > 0 {
			detail = "is unknown; this operation takes " + strings.Join(known, ", ")
		}
		f.add(name, detail)
	}
	slices.SortFunc(f, func(a, b fieldError) int { return strings.Compare(a.Field, b.Field) })
	return f.err()
}
