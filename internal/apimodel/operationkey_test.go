package apimodel_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/shape"
	"akita/internal/witness"
)

func TestOperationKeyOf(t *testing.T) {
	t.Parallel()
	number := shape.OfText("7", shape.Options{})
	word := func(text string) witness.Segment { return witness.Segment{Literal: text} }
	value := func(prefix, suffix string) witness.Segment {
		return witness.Segment{Kind: number, Prefix: prefix, Suffix: suffix}
	}
	for name, c := range map[string]struct {
		call witness.Witness
		want string // host, method, path and base
	}{
		"a route":     {witness.Witness{Method: "GET", Host: "a", Template: "/u/{pk}/", BaseTemplate: "/u/"}, "a GET /u/{pk}/ /u/"},
		"no route":    {witness.Witness{Method: "GET", Host: "a", NoRoute: true}, "   "},
		"any host":    {witness.Witness{Method: "GET", Host: apimodel.AnyHost, Template: "/u/"}, " GET /u/ "},
		"the root":    {witness.Witness{Method: "GET", Path: []witness.Segment{word("")}}, " GET / "},
		"a path":      {witness.Witness{Method: "GET", Path: []witness.Segment{word("u"), value("", ""), word("")}}, " GET /u/{}/ "},
		"code":        {witness.Witness{Method: "GET", Path: []witness.Segment{value("P(", "):x"), value("", ".csv")}}, " GET /P({}):x/{}.csv "},
		"braces":      {witness.Witness{Method: "GET", Path: []witness.Segment{word("{}")}}, " GET /%7B%7D "},
		"a long path": {witness.Witness{Method: "GET", Path: make([]witness.Segment, 20)}, " GET " + strings.Repeat("/", 16) + "/" + apimodel.CutPath + " "},
	} {
		k := apimodel.OperationKeyOf(&c.call)
		if got := strings.Join([]string{k.Host, k.Method, k.Path, k.Base}, " "); got != c.want || k.Clone() != k {
			t.Errorf("%s: the key is %q, want %q", name, got, c.want)
		}
		if k.IsRoute != (c.call.Template != "") {
			t.Errorf("%s: that it is a route is %t", name, k.IsRoute)
		}
	}
}

// A model has the operations of its calls.
func TestOperationsHaveTheKeysOfTheirCalls(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		witnesses := drawWitnesses(t)
		want, got := make(map[apimodel.OperationKey]uint64), make(map[apimodel.OperationKey]uint64)
		for i := range witnesses {
			if k := apimodel.OperationKeyOf(&witnesses[i]); k != (apimodel.OperationKey{}) && !witnesses[i].Browser {
				want[k]++
			}
		}
		for k, op := range modelOf(witnesses).Operations() {
			got[k] += op.Calls()
		}
		for k, n := range want {
			if got[k] != n {
				t.Fatalf("%+v has %d calls, want %d", k, got[k], n)
			}
		}
		for k := range got {
			// A browser's calls to a route are among those of the route.
			if want[k] == 0 && !k.IsRoute {
				t.Fatalf("%+v has %d calls, want none", k, got[k])
			}
		}
	})
}
