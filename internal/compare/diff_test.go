package compare_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"akita/internal/compare"
	"akita/internal/compare/comparetest"
	"akita/internal/severity"
)

// several returns a call for each of some bodies or queries, which come n times each.
func several(call comparetest.Call, of map[string]int, set func(c *comparetest.Call, text string)) (out []comparetest.Call) {
	for text, n := range of {
		for range n {
			c := call
			set(&c, text)
			out = append(out, c)
		}
	}
	return out
}

// A finding is about what is proved: what differs beside it by chance neither hides it nor makes it worse.
func TestDiffIsNotAboutChance(t *testing.T) {
	t.Parallel()
	gets := func(c *comparetest.Call, text string) { c.Gets = text }
	sends := func(c *comparetest.Call, text string) { c.Method, c.Sends, c.Gets = "POST", text, "{}" }
	asks := func(c *comparetest.Call, text string) { c.URL, c.Gets = "/things"+text, "{}" }
	visits := func(c *comparetest.Call, text string) { c.URL, c.Gets = "/things"+text, "{}" }
	list := func(element string) string { return "[" + strings.Repeat(element+",", 39) + element + "]" }
	days := func(value string) string {
		var entries []string
		for day := range 28 {
			entries = append(entries, fmt.Sprintf(`"2026-01-%02d":%s`, day+1, value))
		}
		return `{"days":{` + strings.Join(entries, ",") + `}}`
	}
	for name, test := range map[string]struct {
		set          func(c *comparetest.Call, text string)
		before, now  map[string]int
		wants, lacks string
	}{
		"a member is gone, and another one is seen once": {
			gets, map[string]int{`{"state":"open"}`: 40, `{"state":"paid"}`: 40}, map[string]int{`{"state":"open"}`: 80, `{"state":"lost"}`: 1},
			"changed enum response.body.state paid info", "",
		},
		"a member is new, and another one is not seen": {
			gets, map[string]int{`{"state":"open"}`: 80, `{"state":"lost"}`: 1}, map[string]int{`{"state":"open"}`: 40, `{"state":"paid"}`: 40},
			"changed enum response.body.state paid breaking", "",
		},
		"another type, and null once": {
			gets, map[string]int{`{"size":1}`: 40}, map[string]int{`{"size":"one"}`: 40, `{"size":null}`: 1},
			"changed type response.body.size string breaking", "nullable",
		},
		"another type, and null": {
			gets, map[string]int{`{"size":1}`: 40}, map[string]int{`{"size":"one"}`: 40, `{"size":null}`: 40},
			"changed nullable response.body.size null breaking", "",
		},
		"two new types, the first one once": {
			gets, map[string]int{`{"size":1}`: 40}, map[string]int{`{"size":true}`: 1, `{"size":"one"}`: 40},
			"changed type response.body.size string breaking", "boolean",
		},
		"requests may have null, and happen to be dates": {
			sends, map[string]int{`{"due":"soon"}`: 1, `{"due":"2026-01-05"}`: 40}, map[string]int{`{"due":"2026-01-05"}`: 40, `{"due":null}`: 40},
			"changed nullable request.body.due null info", "breaking",
		},
		"requests may lack a field, and happen to have one type": {
			sends, map[string]int{`{"id":1,"size":1}`: 40, `{"id":1,"size":1.5}`: 1}, map[string]int{`{"id":1,"size":1}`: 40, `{"id":1}`: 40},
			"changed required request.body.size optional info", "breaking",
		},
		"another type of requests": {
			sends, map[string]int{`{"size":1}`: 40}, map[string]int{`{"size":"one"}`: 40},
			"changed type request.body.size string breaking", "",
		},
		"one more type of requests": {
			sends, map[string]int{`{"size":1}`: 40}, map[string]int{`{"size":"one"}`: 40, `{"size":1}`: 5},
			"changed type request.body.size string info", "breaking",
		},
		"a type less of requests": {
			sends, map[string]int{`{"size":"one"}`: 40, `{"size":1}`: 40}, map[string]int{`{"size":"one"}`: 40},
			"changed type request.body.size integer breaking", "",
		},
		"a type less of answers": {
			gets, map[string]int{`{"size":"one"}`: 40, `{"size":1}`: 40}, map[string]int{`{"size":"one"}`: 40}, "", "size",
		},
		"a number in the place of an integer": {
			gets, map[string]int{`{"size":1}`: 40}, map[string]int{`{"size":1.5}`: 20, `{"size":2}`: 20},
			"changed type response.body.size number breaking", "",
		},
		"a number that happens to be whole": {
			gets, map[string]int{`{"size":1.5}`: 20, `{"size":2}`: 20}, map[string]int{`{"size":1}`: 40}, "", "size",
		},
		"texts in the place of numbers": {
			asks, map[string]int{"?page=1": 20, "?page=2": 20}, map[string]int{"?page=first": 20, "?page=last": 20},
			"changed type query.page string", "",
		},
		"a path has a text three times": {
			visits, map[string]int{"/1": 30, "/2": 30}, map[string]int{"/1": 30, "/2": 30, "/C-7": 3}, "", "type",
		},
		"a path always has a text": {
			visits, map[string]int{"/1": 30, "/2": 30}, map[string]int{"/C-7": 30, "/C-8": 30}, "changed type path string", "",
		},
		"one of two long lists has other elements, beside objects": {
			gets, map[string]int{`{"id":1}`: 40, list(`{"kind":"book","isbn":"x"}`): 2}, map[string]int{`{"id":1}`: 40, list(`{"kind":"toy","age":3}`): 2},
			"", "response.body[]",
		},
		"all lists have other elements": {
			gets, map[string]int{list(`{"kind":"book","isbn":"x"}`): 20}, map[string]int{list(`{"kind":"toy","age":3}`): 20},
			"removed response_field response.body[].isbn breaking", "",
		},
		"two long maps have other values": {
			gets, map[string]int{`{"days":{}}`: 1, days("1"): 2}, map[string]int{`{"days":{}}`: 1, days("null"): 2}, "", "days",
		},
		"all maps have other values": {
			gets, map[string]int{days("1"): 20}, map[string]int{days(`"one"`): 20}, "changed type response.body.days.* string breaking", "",
		},
		"texts that happen to be numbers": {
			asks, map[string]int{"?page=1": 20, "?page=first": 20}, map[string]int{"?page=first": 20, "?page=last": 20}, "", "type",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			call := comparetest.Call{URL: "/things"}
			x := comparetest.Recording(t, nil, several(call, test.before, test.set)...)
			y := comparetest.Recording(t, nil, several(call, test.now, test.set)...)
			findings := compare.Diff(compare.Sides(x, y))
			if err := severity.Judge(findings); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range findings {
				if f.Verdict == compare.Proved {
					got = append(got, fmt.Sprintf("%s %s %s %s %s", f.Kind, f.Subject, f.At, f.Value, f.Severity))
				}
			}
			has := func(text string) bool {
				return slices.ContainsFunc(got, func(line string) bool { return containsAll(line, text) })
			}
			if test.wants != "" && !has(test.wants) || test.lacks != "" && has(test.lacks) {
				t.Errorf("the findings are %q, want %q and nothing of %q", got, test.wants, test.lacks)
			}
		})
	}
}

// containsAll reports whether a text has all words of another one.
func containsAll(text, words string) bool {
	return !slices.ContainsFunc(strings.Fields(words), func(word string) bool { return !strings.Contains(text, word) })
}
