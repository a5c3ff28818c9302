package compare_test

import (
	"fmt"
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/compare/comparetest"
	"akita/internal/witness"
)

// answering returns what calls show whose answers have some media types.
func answering(mediaTypes ...string) compare.Recording {
	m := apimodel.New()
	for _, name := range mediaTypes {
		m.Add(&witness.Witness{Method: "GET", Template: "/a", Status: 200, Response: &witness.Body{MediaType: name}})
	}
	return compare.Recording{Model: m}
}

func covered(tests, production compare.Recording) string {
	x, y := compare.SidesOfOneAPI(tests, production)
	c := compare.Cover(x, y, nil)
	return lines(append(c.Untested, c.OnlyTests...))
}

func lines(findings []compare.Finding) string {
	var out []string
	for _, f := range findings {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", f.Kind, f.Subject, f.At, f.Value)))
	}
	return strings.Join(out, "; ")
}

// A daemon and an upload keep the first half of a media type that occurs in too few calls.
func TestWithheldMediaTypesStandForThoseOfTheOtherSide(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		tests, production []string
		want              string
	}{
		{[]string{"text/*"}, []string{"text/x-shop"}, ""},
		{[]string{"text/x-shop"}, []string{"text/*"}, ""},
		{[]string{"*/*"}, []string{"shop/order"}, ""},
		{[]string{"text/*", "text/x-shop"}, []string{"text/x-shop"}, ""},
		{[]string{"text/*"}, []string{"text/x-shop", "image/x-shop"}, "untested media_type response.body image/x-shop"},
		{
			[]string{"text/*"},
			[]string{"image/x-shop"},
			"untested media_type response.body image/x-shop; unseen media_type response.body text/*",
		},
		{[]string{"text/*"}, []string{"text/*"}, ""},
	} {
		if got := covered(answering(row.tests...), answering(row.production...)); got != row.want {
			t.Errorf("%v of %v: %s, want %s", row.tests, row.production, got, row.want)
		}
	}
}

// A server has no literal values, so that nothing is known of members of enums.
func TestSidesWithoutLiteralsHaveNoMembers(t *testing.T) {
	t.Parallel()
	var calls, fewer []comparetest.Call
	for i := range 40 {
		c := comparetest.Call{URL: "/pets?kind=" + []string{"cat", "dog"}[i%2], Gets: `[{"id": 1, "kind": "dog"}]`}
		calls = append(calls, c)
		if i%2 == 0 {
			fewer = append(fewer, c)
		}
	}
	file, live := comparetest.Recording(t, nil, calls...), comparetest.Live(t, calls...)
	for _, sides := range [][2]compare.Recording{{file, live}, {live, file}, {live, live}, {file, file}} {
		if got := covered(sides[0], sides[1]); got != "" {
			t.Errorf("the same calls differ: %s", got)
		}
	}
	if got := covered(comparetest.Recording(t, nil, fewer...), file); got != "untested enum query.kind dog" {
		t.Errorf("with literals: %q", got)
	}
}

// TestAuthOfPublicOperations is about credentials: clients send them with every call.
func TestAuthOfPublicOperations(t *testing.T) {
	t.Parallel()
	bearer := comparetest.Call{URL: "/a"}
	anonymous := comparetest.Call{URL: "/a", Headers: []string{"Accept: a/b"}}
	cookie := comparetest.Call{URL: "/a", Headers: []string{"Authorization: Bearer abc", "Cookie: sessionid=abc"}}
	for _, row := range []struct {
		name              string
		tests, production []comparetest.Call
		want              string
	}{
		{"it needs some", []comparetest.Call{anonymous}, []comparetest.Call{bearer}, "untested auth request.auth bearer"},
		{"it needs none", []comparetest.Call{anonymous}, []comparetest.Call{bearer, anonymous}, ""},
		{"not without", []comparetest.Call{bearer}, []comparetest.Call{bearer, anonymous}, "untested auth request.auth none"},
		{"a browser's cookie", []comparetest.Call{bearer}, []comparetest.Call{cookie}, ""},
	} {
		x, y := compare.SidesOfOneAPI(comparetest.Recording(t, nil, row.tests...), comparetest.Recording(t, nil, row.production...))
		if got := lines(compare.Cover(x, y, nil).Untested); got != row.want {
			t.Errorf("%s: %s, want %s", row.name, got, row.want)
		}
	}
}
