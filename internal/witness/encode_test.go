package witness_test

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"akita/internal/shape"
	"akita/internal/witness"
)

func TestEveryFieldIsWrittenAndRead(t *testing.T) {
	t.Parallel()
	want := witness.Witness{
		Start: time.Date(2026, 1, 5, 10, 0, 0, 123e6, time.UTC), LatencyMs: 1.25,
		Method: "GET", Scheme: "https", Host: "api.example.org:8443",
		Template: "/a/{b}", BaseTemplate: "/a", View: "app.views.a", NoRoute: true,
		Path: []witness.Segment{
			{Literal: "a"}, {Kind: &shape.Shape{Strs: 1}, Suffix: ".csv"}, {},
			{
				Prefix: "f(", Kind: &shape.Shape{Ints: 1}, Suffix: ",", Echo: "id",
				More: []witness.SegmentValue{{Kind: &shape.Shape{Strs: 1}, Suffix: ")"}},
			},
		},
		PathArgs: params("arg"), Query: params("q"), Headers: params("x-h"), Cookies: params("c"),
		ResponseHeaders: params("etag"),
		Auth:            []witness.Auth{{Type: witness.AuthAPIKey, In: "header", Name: "x-api-key", Format: "JWT"}},
		Request:         body(), Status: 200, Response: body(), Streamed: true, SamePage: true, Browser: true,
		Consumer: witness.Consumer{Name: "mobile-app", Version: "3.2"},
	}
	eachZero(t, reflect.ValueOf(want), "Witness")
	line, err := witness.AppendLine(nil, &want)
	if err != nil {
		t.Fatal(err)
	}
	var got witness.Witness
	if err := witness.NewReader(bytes.NewReader(line)).Next(&got); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s\nreads back as\n%+v\nwant\n%+v", line, got, want)
	}
	record, err := new(witness.Packer).Append(nil, &want)
	if err == nil {
		err = new(witness.Unpacker).Read(&got, string(record))
	}
	if err != nil {
		t.Fatalf("%q: %v", record, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q\nreads back as\n%+v\nwant\n%+v", record, got, want)
	}
}

// A newer daemon may send words that this server does not know. No such word is kept.
func TestWordsThatAreNotKnown(t *testing.T) {
	t.Parallel()
	const line = `{"method":"GET","path":[{"literal":"a"}],"response":{"media_type":"a/b","unread":"Jane Roe",` +
		`"quirks":["nan","Jane Roe"]}}`
	var got witness.Witness
	if err := witness.NewReader(strings.NewReader(line)).Next(&got); err != nil {
		t.Fatal(err)
	}
	want := &witness.Body{
		MediaType: "a/b", Unread: witness.UnreadOther, Quirks: []witness.Quirk{witness.QuirkNaN},
	}
	if !reflect.DeepEqual(got.Response, want) {
		t.Errorf("got %+v", got.Response)
	}
}

func params(name string) []witness.Param {
	return []witness.Param{{Name: name, Shape: &shape.Shape{Ints: 1}, Repeated: true, Indexed: true}}
}

func body() *witness.Body {
	return &witness.Body{
		MediaType: "application/json", Size: 8, Shape: &shape.Shape{Objs: 1}, Files: []string{"a", "b\""}, Cut: true, Batch: true,
		Unread: witness.UnreadDamaged, Quirks: []witness.Quirk{witness.QuirkCallback, witness.QuirkNaN},
		Actions: []witness.Action{{
			Protocol: witness.GraphQL, Name: "a", Fields: true, Type: "query", Failed: true, Count: 2, Shape: &shape.Shape{Objs: 2},
		}},
		Parts: []witness.Part{{Name: "a", JSON: true, Indexed: true, Types: []string{"image/png", "image/webp"}}},
	}
}

// eachZero reports the fields that the test above leaves zero and so does not test.
func eachZero(t *testing.T, of reflect.Value, name string) {
	for i := range of.NumField() {
		if field := of.Type().Field(i); of.Field(i).IsZero() {
			t.Errorf("the test leaves %s.%s zero", name, field.Name)
		} else if value := of.Field(i); value.Kind() == reflect.Pointer && value.Type() != reflect.TypeFor[*shape.Shape]() {
			eachZero(t, value.Elem(), field.Name)
		}
	}
}

func TestAppendLineIsBounded(t *testing.T) {
	t.Parallel()
	w := witness.Witness{Method: "GET", Path: []witness.Segment{{Literal: strings.Repeat("a", witness.MaxLineBytes)}}}
	line, err := witness.AppendLine([]byte("before"), &w)
	if !errors.Is(err, witness.ErrMalformed) || string(line) != "before" {
		t.Errorf("%d bytes, %v", len(line), err)
	}
}
