package apimodel_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/apimodel/openapitest"
	"akita/internal/har"
	"akita/internal/witness"
)

// call is a GET that was answered with JSON; "" is an answer without a body.
func call(url string, status int, answer string, more ...func(*har.Entry)) har.Entry {
	e := har.Entry{
		Started: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC),
		Latency: 10 * time.Millisecond,
		Request: har.Request{Method: "GET", URL: "https://a.test" + url},
		Response: har.Response{
			Status: status,
			Size:   -1,
		},
	}
	if answer != "" {
		e.Response.Body = &har.Body{MediaType: "application/json", Text: answer}
	}
	for _, change := range more {
		change(&e)
	}
	return e
}

// sends makes a call a POST of JSON; "" is one without a body.
func sends(text string) func(*har.Entry) {
	return func(e *har.Entry) {
		e.Request.Method = "POST"
		if text != "" {
			e.Request.Body = &har.Body{MediaType: "application/json", Text: text}
		}
	}
}

// submits makes a call a POST of a form.
func submits(text string) func(*har.Entry) {
	return func(e *har.Entry) {
		e.Request.Method = "POST"
		e.Request.Body = &har.Body{MediaType: "application/x-www-form-urlencoded", Text: text}
	}
}

func header(name, value string) func(*har.Entry) {
	return func(e *har.Entry) { e.Request.Headers = append(e.Request.Headers, har.Pair{Name: name, Value: value}) }
}

func answersHeader(name, value string) func(*har.Entry) {
	return func(e *har.Entry) {
		e.Response.Headers = append(e.Response.Headers, har.Pair{Name: name, Value: value})
	}
}

// routed is a call of which the framework knows the route.
func routed(route string) func(*har.Entry) {
	return func(e *har.Entry) { e.Akita = har.Akita{Known: true, Route: route} }
}

func model(entries []har.Entry) *apimodel.API {
	m := apimodel.New()
	for i := range entries {
		w := witness.FromEntry(&entries[i], witness.Options{Enums: true})
		m.Add(&w)
	}
	return m.Infer()
}

// documentOf renders calls as a document that is valid, and reads it.
func documentOf(t *testing.T, entries []har.Entry, o apimodel.DocumentOptions) (text []byte, value any) {
	t.Helper()
	text, err := model(entries).OpenAPI(o).JSON()
	if err != nil {
		t.Fatal(err)
	}
	if err := openapitest.Check(t.Context(), text); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	return text, value
}

// at finds what stands in a document, by keys and indices separated by spaces; nil where
// there is nothing.
func at(document any, place string) any {
	for key := range strings.FieldsSeq(place) {
		switch v := document.(type) {
		case map[string]any:
			document = v[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(v) {
				return nil
			}
			document = v[i]
		default:
			return nil
		}
	}
	return document
}

// parsed is a JSON text as at finds it.
func parsed(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}
