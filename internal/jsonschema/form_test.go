package jsonschema_test

import (
	"testing"

	"akita/internal/jsonschema"
	"akita/internal/shape"
)

func TestForm(t *testing.T) {
	t.Parallel()
	field := sumOfTexts
	list := &shape.Shape{Arrs: 1, Items: field("1", "2")}
	form := &shape.Shape{Objs: 2, Object: &shape.Object{Fields: shape.Fields{
		{Name: "age", Shape: field("7", "8")},
		{Name: "file", Shape: field("x")},
		{Name: "tags", Shape: list},
	}}}
	w := jsonschema.NewWriter(jsonschema.Config{Plain: true}, jsonschema.Subject{})
	got := text(t, w.Body("multipart/form-data", jsonschema.Bodies{Shape: form, Form: map[string]jsonschema.FormField{"file": {Files: 1}}}))
	want := `{"type":"object","properties":{"age":{"type":"integer"},"file":{"type":"string","format":"binary"},` +
		`"tags":{"type":"array","items":{"type":"integer"}}},"required":["age"]}`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	empty := text(t, w.Body("application/x-www-form-urlencoded", jsonschema.Bodies{Shape: &shape.Shape{Objs: 1}}))
	if want := `{"type":"object"}`; empty != want {
		t.Errorf("got %s, want %s", empty, want)
	}
}
