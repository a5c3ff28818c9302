package apimodel_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/shape"
	"akita/internal/witness"
)

func TestRenamedKeepsOperationsWithoutANewRoute(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := modelOf(drawWitnesses(t))
		before := render(t, m)
		same := m.Renamed(func(apimodel.OperationKey) (apimodel.NewRoute, bool) { return apimodel.NewRoute{}, false })
		if got := render(t, same); got != before {
			t.Fatal("the model has changed, although no operation got a route")
		}
		all := m.Renamed(func(key apimodel.OperationKey) (apimodel.NewRoute, bool) {
			return apimodel.NewRoute{Template: "/x" + strings.ReplaceAll(key.Path, "{}", "{p}")}, true
		})
		for host := range all.Paths() {
			t.Fatalf("%s has calls without a route", host)
		}
		if render(t, m) != before || all.Witnesses() != m.Witnesses() {
			t.Fatal("the model that was renamed has changed")
		}
	})
}

// Calls that get a route afterwards are those of a model whose calls had it.
func TestRenamedCallsAreThoseOfARoute(t *testing.T) {
	t.Parallel()
	call := func(path ...witness.Segment) *witness.Witness {
		return &witness.Witness{Method: "GET", Host: "a.test", Scheme: "https", Status: 200, Path: path}
	}
	value := func(text string) witness.Segment { return witness.Segment{Kind: shape.OfText(text, shape.Options{})} }
	m := apimodel.New()
	for _, w := range []*witness.Witness{
		call(witness.Segment{Literal: "users"}, value("17"), value("x-9")),
		call(witness.Segment{Literal: "users"}, value("18"), value("x-9")),
		call(witness.Segment{Literal: "users"}, witness.Segment{Literal: "me"}, value("x-9")),
		call(witness.Segment{Literal: "users"}, value("18")),
		call(witness.Segment{Literal: "about"}),
	} {
		m.Add(w)
	}
	want := apimodel.New()
	for _, w := range []*witness.Witness{call(witness.Segment{Literal: "users"}, value("18")), call(witness.Segment{Literal: "about"})} {
		want.Add(w)
	}
	for _, text := range []string{"17", "18", "me"} {
		w := call()
		w.Template = "/users/{a}/{b}"
		w.PathArgs = []witness.Param{
			{Name: "a", Shape: shape.OfText(text, shape.Options{})}, {Name: "b", Shape: shape.OfText("x-9", shape.Options{})},
		}
		want.Add(w)
	}
	got := m.Renamed(func(key apimodel.OperationKey) (to apimodel.NewRoute, ok bool) {
		args := key.Arguments()
		to = apimodel.NewRoute{Template: "/users/{a}/{b}"}
		switch key.Path {
		case "/users/{}/{}":
			to.Args = []apimodel.NewArg{{Name: "a", From: args[0]}, {Name: "b", From: args[1]}}
		case "/users/me/{}":
			to.Args = []apimodel.NewArg{{Name: "a", Text: "me"}, {Name: "b", From: args[0]}}
		default:
			return to, false
		}
		return to, true
	})
	if want, got := routesOf(want), routesOf(got); got != want {
		t.Errorf("the routes are\n%s\nwant\n%s", got, want)
	}
}

// routesOf writes the routes of a model with the types of their arguments, and its other operations.
func routesOf(m *apimodel.Model) string {
	var b strings.Builder
	for key, op := range m.Operations() {
		b.WriteString(key.Method + " " + key.Path)
		for _, name := range []string{"a", "b"} {
			if p := op.Accepted.Args.ByName[name]; p != nil && key.IsRoute {
				b.WriteString(" " + name)
				for range p.Shape.Ints {
					b.WriteString(" int")
				}
				for range p.Shape.Strs {
					b.WriteString(" text")
				}
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestArguments(t *testing.T) {
	t.Parallel()
	for want, key := range map[string]apimodel.OperationKey{
		"pk year":   {Path: "/users/{pk}/logs/{year}/", IsRoute: true},
		"4 3 3.1 1": {Path: "/{}/{}-{}/x/v{}"},
		"":          {Path: "/a/{}/" + apimodel.CutPath},
	} {
		if got := strings.Join(key.Arguments(), " "); got != want {
			t.Errorf("%s has %q, want %q", key.Path, got, want)
		}
	}
}
