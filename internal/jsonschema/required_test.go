package jsonschema_test

import (
	"testing"

	"akita/internal/jsonschema"
)

// A field of a response is required if all objects have it. A field that clients send is required only
// with more evidence, because it may be a habit of all of them.
func TestRequired(t *testing.T) {
	t.Parallel()
	const (
		body     = `{"a":1,"b":{"c":2},"d":[{"e":3}]}`
		nothing  = ""
		outer    = `a b d`
		complete = `a b d c e`
	)
	refused := func(texts ...string) *jsonschema.Sent {
		return &jsonschema.Sent{Accepted: 3, Refused: sumOf(t, texts)}
	}
	for name, c := range map[string]struct {
		bodies []string
		sent   *jsonschema.Sent
		want   string
	}{
		"an answer":                         {times(1, body), nil, complete},
		"an answer, sometimes without":      {[]string{body, `{"b":{"c":2},"d":[]}`}, nil, `b d c e`},
		"few calls":                         {times(9, body), &jsonschema.Sent{Accepted: 9}, nothing},
		"many calls":                        {times(10, body), &jsonschema.Sent{Accepted: 10}, complete},
		"many objects of few calls":         {times(30, body), &jsonschema.Sent{Accepted: 3}, nothing},
		"a change":                          {times(30, body), &jsonschema.Sent{Accepted: 30, Partial: true}, nothing},
		"refused without a field":           {times(3, body), refused(`{"b":{"c":2},"d":[{"e":3}]}`), `a`},
		"refused without all":               {times(3, body), refused(`{}`), outer},
		"refused without a field in a part": {times(3, body), refused(`{"a":1,"b":{},"d":[{}]}`), `c e`},
		"refused with everything":           {times(3, body), refused(body), nothing},
		"refused, and never accepted": {
			times(3, body), &jsonschema.Sent{Refused: sumOf(t, []string{`{}`})}, nothing,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := jsonschema.NewWriter(jsonschema.Config{Plain: true}, jsonschema.Subject{Sent: c.sent})
			schema := w.Value("", sumOf(t, c.bodies))
			properties := schema.Object("properties")
			var got string
			for _, of := range []jsonschema.Object{
				schema, properties.Object("b"), properties.Object("d").Object("items"),
			} {
				for _, field := range of.List("required") {
					got += " " + field.(string)
				}
			}
			if want := " " + c.want; got != want && (got != "" || c.want != "") {
				t.Errorf("required is%s, want%s", got, want)
			}
		})
	}
}
