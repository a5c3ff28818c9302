package jsonschema_test

import (
	"strings"
	"testing"

	"akita/internal/jsonschema"
	"akita/internal/shape"
)

// bodiesOf sums up bodies of actions, by the name of the action.
func bodiesOf(t *testing.T, byName map[string][]string, order ...string) jsonschema.Bodies {
	t.Helper()
	b := jsonschema.Bodies{Shape: new(shape.Shape)}
	for _, name := range order {
		s := sumOf(t, byName[name])
		b.Shape.Merge(s)
		b.Acted += s.Count()
		b.Actions = append(b.Actions, jsonschema.Action{
			Key: name, Title: "do " + name, Name: name, Tag: "method", Count: s.Count(), Shape: s,
		})
	}
	return b
}

func TestActions(t *testing.T) {
	t.Parallel()
	a, b := []string{`{"method":"a","x":1}`}, []string{`{"method":"b","y":"z z"}`}
	request := func(title, names, property, kind string) string {
		return `{"title":"` + title + `","type":"object","properties":{"method":{"type":"string","enum":[` + names + `]},"` +
			property + `":{"type":"` + kind + `"}},"required":["method"]}`
	}
	for name, c := range map[string]struct {
		bodies map[string][]string
		order  []string
		want   string
	}{
		"different ones": {
			map[string][]string{"a": a, "b": b}, []string{"a", "b"},
			`{"oneOf":[` + request("do a", `"a"`, "x", "integer") + `,` + request("do b", `"b"`, "y", "string") + `]}`,
		},
		"alike": {
			map[string][]string{"a": a, "b": {`{"method":"b","x":2}`}}, []string{"a", "b"},
			request("do a, do b", `"a","b"`, "x", "integer"),
		},
		"one": {map[string][]string{"a": a}, []string{"a"}, request("do a", `"a"`, "x", "integer")},
		"a field of all is required, though each has few": {
			map[string][]string{"a": times(6, `{"method":"a","id":1,"x":1}`), "b": times(6, `{"method":"b","id":1}`)}, []string{"a", "b"},
			`{"oneOf":[{"title":"do a","type":"object","properties":{"id":{"type":"integer"},"method":{"type":"string","enum":["a"]},` +
				`"x":{"type":"integer"}},"required":["id","method"]},{"title":"do b","type":"object","properties":{"id":{"type":"integer"},` +
				`"method":{"type":"string","enum":["b"]}},"required":["id","method"]}]}`,
		},
		"values without types": {map[string][]string{"a": {`"x y"`}, "b": {`1`}}, []string{"a", "b"}, `{"oneOf":[{"title":"do a","type":"string"},{"title":"do b","type":"integer"}]}`},
		"a member that sometimes lacks": {
			map[string][]string{"a": {`{"method":"a","x":1}`, `{"x":1}`}}, []string{"a"},
			`{"title":"do a","type":"object","properties":{"method":{"type":"string"},"x":{"type":"integer"}}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := jsonschema.NewWriter(jsonschema.Config{Plain: true}, jsonschema.Subject{Sent: &jsonschema.Sent{Accepted: 100}})
			if got := text(t, w.Body("application/json", bodiesOf(t, c.bodies, c.order...))); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// A body without what a field of the action's accepted bodies always has was refused.
func TestRefusedActions(t *testing.T) {
	t.Parallel()
	refused := map[string]*shape.Shape{"a": sumOf(t, []string{`{"method":"a"}`})}
	w := jsonschema.NewWriter(jsonschema.Config{Plain: true}, jsonschema.Subject{
		Sent: &jsonschema.Sent{Accepted: 2, RefusedActions: refused},
	})
	schema := w.Body("application/json", bodiesOf(t, map[string][]string{"a": {`{"method":"a","x":1}`, `{"method":"a","x":2}`}}, "a"))
	if got := text(t, schema.Get("required")); got != `["method","x"]` {
		t.Errorf("required is %s", got)
	}
}

// Words in the same place of bodies that name no action count for an enum too.
func TestEnumOfBodiesWithoutAction(t *testing.T) {
	t.Parallel()
	one := func(genre string) string { return `{"method":"a","genre":"` + genre + `"}` }
	named := append(append(times(5, one("DRAMA")), times(3, one("COMEDY"))...), one("NOIR"))
	b := bodiesOf(t, map[string][]string{"a": named}, "a")
	b.Shape.Merge(sumOf(t, append(times(2, `{"genre":"NOIR"}`), times(2, `{"genre":"DRAMA"}`)...)))
	w := jsonschema.NewWriter(jsonschema.Config{Plain: true}, jsonschema.Subject{})
	schema := text(t, w.Body("application/json", b))
	if got := strings.Count(schema, `"genre":{"type":"string","enum":["COMEDY","DRAMA","NOIR"]}`); got != 2 {
		t.Errorf("%d of 2 schemas have the enum: %s", got, schema)
	}
}
