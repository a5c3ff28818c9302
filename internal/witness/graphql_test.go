package witness

import (
	"fmt"
	"testing"
)

func TestGraphQLOperations(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"{ user }":                                            "[{query  [user]}]",
		"{ user, posts }":                                     "[{query  [posts user]}]",
		"query { user { id } }":                               "[{query  [user]}]",
		"query GetUser { user(id: 1) { id } }":                "[{query GetUser [user]}]",
		"mutation Add($a: In = {b: [1]}) { add }":             "[{mutation Add [add]}]",
		"mutation ($a: [Int!]!) { add(a: $a) { id } }":        "[{mutation  [add]}]",
		"subscription OnMessage @live { message }":            "[{subscription OnMessage [message]}]",
		"{ me: user(id: \"}\") { id } other: user }":          "[{query  [user]}]",
		"{ __typename user }":                                 "[{query  [user]}]",
		"{ ...F user }":                                       "[{query  [user]}]",
		"{ ... on Query { a } user @include(if: $x) { id } }": "[{query  [user]}]",
		"# note }\nquery A { a }\nquery B { b }":              "[{query A [a]} {query B [b]}]",
		"query A { a { ...F } } fragment F on T @x { b c }":   "[{query A [a]}]",
		"fragment F on T { b } query A { a }":                 "[{query A [a]}]",
		"{ a(x: \"\"\"block \\\"\"\" } \"\"\", y: -1.5e+3) }": "[{query  [a]}]",
		"{ a(x: {b: {c: 1}}) { d } }":                         "[{query  [a]}]",
		"\ufeff{ a }":                                         "[{query  [a]}]",
		"{}":                                                  "[]",
		"{ }":                                                 "[]",
		"":                                                    "[]",
		"query":                                               "[]",
		"query A":                                             "[]",
		"query { a":                                           "[]",
		"query { a } }":                                       "[]",
		"{ a(b: 1 }":                                          "[]",
		"{ a(b: \"x) }":                                       "[]",
		"{ 1 }":                                               "[]",
		`{"a":1}`:                                             "[]",
		"shoes":                                               "[]",
		"query shoes":                                         "[]",
		"red shoes {large}":                                   "[]",
		"{ä}":                                                 "[]",
		"SELECT a FROM b":                                     "[]",
		"fragment { a }":                                      "[]",
	} {
		if got := fmt.Sprint(graphqlOperations(text)); got != want {
			t.Errorf("graphqlOperations(%q) = %s, want %s", text, got, want)
		}
	}
}

// Any text ends, and a document has no name that stands not in the text.
func FuzzGraphQL(f *testing.F) {
	for _, text := range []string{
		"{a}", "query A($b: C = {d: [1]}) @e(f: 1) { g: h(i: \"}\") { j } ...K } fragment K on L { m }", `{a(b:"""x""")}`, "#\n{a}",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, op := range graphqlOperations(text) {
			for _, name := range append(op.fields, op.name) {
				if name != "" && !isGraphQLName(name) {
					t.Errorf("%q is not a name", name)
				}
			}
		}
	})
}
