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

// maxBodyBytes bounds a request's JSON.
const maxBodyBytes = 1 << 20

// decode reads a request's JSON object strictly: no unknown or repeated members,
// nothing after it.
func decode(w http.ResponseWriter, r *http.Request, into any) error {
	if err := requireMediaType(r, "application/json"); err != nil {
		return err
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBodyBytes))
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return &problem{code: codeTooLarge, detail: fmt.Sprintf("The body is larger than %d bytes.", tooLarge.Limit)}
	}
	if err != nil {
		// No fault of the sender: a proxy or the network cut it.
		return &problem{code: codeUnavailable, retryAfter: retryLater, detail: "The request did not arrive to its end: send it again."}
	}
	if kind := jsontext.Value(body).Kind(); kind != jsontext.KindBeginObject {
		return &problem{code: codeInvalidRequest, detail: "The body is not a JSON object."}
	}
	if err := json.Unmarshal(body, into, json.RejectUnknownMembers(true)); err != nil {
		return decodeProblem(err)
	}
	return nil
}

func requireMediaType(r *http.Request, want string) error {
	got, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || got != want {
		return &problem{code: codeUnsupportedMediaType, detail: "Send the body with the header Content-Type: " + want + "."}
	}
	return nil
}

// decodeProblem says which member of the body is wrong, without its value.
func decodeProblem(err error) error {
	if syntax, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		detail := fmt.Sprintf("The body is no valid JSON at byte %d", syntax.ByteOffset)
		if errors.Is(err, jsontext.ErrDuplicateName) {
			detail += ": a member stands twice"
		}
		return &problem{code: codeInvalidRequest, detail: detail + "."}
	}
	semantic, ok := errors.AsType[*json.SemanticError](err)
	if !ok {
		return fmt.Errorf("decode body: %w", err)
	}
	detail := "has the wrong type"
	if errors.Is(err, json.ErrUnknownName) {
		detail = "is unknown; take it out or correct its name"
	} else if semantic.GoType != nil {
		detail = "must be " + typeName(semantic.GoType)
	}
	var f fields
	f.add(fieldName(semantic.JSONPointer), detail)
	return f.err()
}

// fieldName writes a JSON pointer as people do: clients.0.name.
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

// fields collects what is wrong with a request, field by field.
type fields []fieldError

func (f *fields) add(field, detail string) { *f = append(*f, fieldError{field, detail}) }

// name checks a name that people choose.
func (f *fields) name(field, value string, maxLength int) {
	switch {
	case value == "":
		f.add(field, "is missing")
	case utf8.RuneCountInString(value) > maxLength:
		f.add(field, fmt.Sprintf("must have at most %d characters", maxLength))
	case strings.TrimSpace(value) != value:
		f.add(field, "must not begin or end with a space")
	case strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) }):
		f.add(field, "must hold only printable characters")
	}
}

// err returns the problem that tells all that was added, or nil.
func (f *fields) err() error {
	if len(*f) == 0 {
		return nil
	}
	details := make([]string, len(*f))
	for i, e := range *f {
		details[i] = fmt.Sprintf("%q %s", e.Field, e.Detail)
	}
	return &problem{code: codeInvalidRequest, detail: "The request is wrong: " + strings.Join(details, "; ") + ".", fields: *f}
}

// checkQuery refuses query parameters that an operation does not take or that are
// malformed, because such a filter would otherwise let everything through.
func checkQuery(r *http.Request, known []string) error {
	query, err := url.ParseQuery(r.URL.RawQuery) // URL.Query drops what it cannot read
	if err != nil {
		return &problem{code: codeInvalidRequest,
			detail: `The query string is malformed: join parameters by "&", and write other characters such as ";" and "%" percent-encoded.`}
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
