package compare

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"akita/internal/compare"
	"akita/test/accuracy/apis"
)

// till draws n calls of an API that has something of each kind that tests may miss.
func till(n int, seed uint64) []*call {
	r := rand.New(rand.NewPCG(seed, 2))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	var out []*call
	for i := range n {
		c := &call{
			method: "GET", path: "/sales", query: object{}, status: 200, mediaType: "application/json",
			header: object{"Authorization": "Bearer abc"}, answers: object{},
		}
		id := fmt.Sprint(r.IntN(9000))
		sale := object{"id": r.IntN(9000), "state": pick("open", "paid", "lost"), "sum": r.IntN(900)}
		switch i % 7 {
		case 0:
			c.returns = []any{sale}
			c.query["page"] = fmt.Sprint(r.IntN(40))
			if r.IntN(3) == 0 {
				c.query["order"] = pick("newest", "oldest")
			}
		case 1:
			c.path, c.returns = "/sales/"+id, sale
			if r.IntN(5) == 0 {
				c.status, c.returns = 404, object{"detail": "gone"}
			}
		case 2:
			sent := object{"sum": r.IntN(9), "priority": pick("low", "high", "rush")}
			if r.IntN(2) == 0 {
				sent["note"] = object{"text": "please ring", "color": 3}
			}
			c.method, c.sends, c.status, c.returns = "POST", sent, 201, sale
		case 3:
			c.method, c.path, c.status, c.header = "DELETE", "/sales/"+id, 204, object{"X-API-Key": "kkkkkkkkkkkkkkkkkkkkkkkk"}
			if r.IntN(2) == 0 {
				c.header = object{"Authorization": "Bearer abc"}
			}
		case 4:
			c.path, c.returns = "/report", object{"days": r.IntN(9)}
			if r.IntN(3) == 0 {
				c.mediaType, c.returns = "text/csv", "day,sum"
			}
		case 5:
			c.path, c.header, c.returns = "/health", object{}, object{"ok": true}
		case 6:
			c.method, c.path, c.sends, c.returns = "PUT", "/sales/"+id+"/lines", object{"lines": []any{object{"sku": "x1"}}}, sale
		}
		out = append(out, c)
	}
	return out
}

// shows lists what a call shows, as findings name it: the truth, from the calls themselves.
func (c *call) shows() (out []string) {
	path := c.path
	if parts := strings.Split(path, "/"); len(parts) > 2 {
		parts[2] = "{}"
		path = strings.Join(parts, "/")
	}
	add := func(subject compare.Subject, status int, at, value string) {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s: %s %d %s %s", c.method, path, subject, status, at, value)))
	}
	add(compare.Operation, 0, "", "")
	add(compare.Status, c.status, "response", fmt.Sprint(c.status))
	if c.status >= 400 {
		return out
	}
	switch {
	case c.header["X-API-Key"] != nil:
		add(compare.Auth, 0, "request.auth", "api_key x-api-key")
	case c.header["Authorization"] != nil:
		add(compare.Auth, 0, "request.auth", "bearer")
	default:
		add(compare.Auth, 0, "request.auth", "none")
	}
	for name, value := range c.query {
		add(compare.Parameter, 0, "query."+name, "")
		if name == "order" {
			add(compare.Enum, 0, "query."+name, value.(string))
		}
	}
	if c.returns != nil {
		add(compare.MediaType, c.status, "response.body", c.mediaType)
	}
	if sale, ok := c.returns.(object); ok && sale["state"] != nil {
		add(compare.Enum, c.status, "response.body.state", sale["state"].(string))
	}
	if list, ok := c.returns.([]any); ok {
		add(compare.Enum, c.status, "response.body[].state", list[0].(object)["state"].(string))
	}
	if sent, ok := c.sends.(object); ok {
		add(compare.MediaType, 0, "request.body", "application/json")
		for name, value := range sent {
			add(compare.RequestField, 0, "request.body."+name, "")
			switch value := value.(type) {
			case string:
				add(compare.Enum, 0, "request.body."+name, value)
			case object:
				for inner := range value {
					add(compare.RequestField, 0, "request.body."+name+"."+inner, "")
				}
			case []any:
				for _, element := range value {
					for inner := range element.(object) {
						add(compare.RequestField, 0, "request.body."+name+"[]."+inner, "")
					}
				}
			}
		}
	}
	return out
}

// counted counts what calls show.
func counted(calls []*call) map[string]int {
	out := make(map[string]int)
	for _, c := range calls {
		for _, one := range c.shows() {
			out[one]++
		}
	}
	return out
}

// gaps are what tests leave out: each changes the calls of tests, and keeps those for which it returns true.
var gaps = []func(c *call) bool{
	func(c *call) bool { return c.path != "/report" || c.mediaType != "text/csv" },
	func(c *call) bool { return c.path != "/health" },
	func(c *call) bool { return c.status != 404 },
	func(c *call) bool { delete(c.query, "order"); return true },
	func(c *call) bool {
		if sent, ok := c.sends.(object); ok {
			delete(sent, "note")
		}
		return true
	},
	func(c *call) bool {
		if sent, ok := c.sends.(object); ok && sent["priority"] == "rush" {
			sent["priority"] = "low"
		}
		return true
	},
	func(c *call) bool { return c.header["X-API-Key"] == nil },
	func(c *call) bool {
		if sent, ok := c.sends.(object); ok && sent["lines"] != nil {
			sent["lines"] = []any{}
		}
		return true
	},
	func(c *call) bool {
		sale, ok := c.returns.(object)
		return !ok || c.method != "GET" || sale["state"] != "lost"
	},
}

// wanted returns what only some calls show, with how often, if what it is a part of is shown by others.
func wanted(does, not map[string]int) []string {
	var out []string
	for _, one := range slices.Sorted(maps.Keys(does)) {
		operation, _, _ := strings.Cut(one, ":")
		isAlone := strings.HasSuffix(one, ": operation 0") || not[operation+": operation 0"] > 0
		// A field is not listed below another one that is missing too, and a member not below its field.
		for other := range does {
			inside := strings.HasPrefix(one, other+".") || strings.HasPrefix(one, strings.Replace(other, ": parameter", ": enum", 1)+" ")
			if inside && not[other] == 0 {
				isAlone = false
			}
		}
		if not[one] == 0 && isAlone {
			out = append(out, fmt.Sprintf("%s (%d)", one, does[one]))
		}
	}
	return out
}

func untested(findings []compare.Finding) (out []string) {
	for _, f := range findings {
		path := f.Path
		if before, rest, ok := strings.Cut(path, "{"); ok {
			_, after, _ := strings.Cut(rest, "}")
			path = before + "{}" + after
		}
		text := fmt.Sprintf("%s %s: %s %d %s %s", f.Method, path, f.Subject, f.Status, f.At, f.Value)
		out = append(out, fmt.Sprintf("%s (%d)", strings.TrimSpace(text), f.Seen.For))
	}
	slices.Sort(out)
	return out
}

// cover compares calls of tests, which are made at another host, with calls of production.
func cover(t *testing.T, tests, production [][]byte) *compare.Coverage {
	t.Helper()
	for i, line := range tests {
		tests[i] = bytes.ReplaceAll(line, []byte("https://orders.test"), []byte("http://testserver"))
	}
	x, err := recording(tests, false)
	if err != nil {
		t.Fatal(err)
	}
	y, err := recording(production, false)
	if err != nil {
		t.Fatal(err)
	}
	a, b := compare.SidesOfOneAPI(x, y)
	return compare.Cover(a, b, nil)
}

func TestPlantedGapsAreFoundAndNothingElse(t *testing.T) {
	t.Parallel()
	production := till(2000, 1)
	for name, chosen := range map[string][]int{
		"none": {}, "all": {0, 1, 2, 3, 4, 5, 6, 7, 8},
		"a media type": {0}, "an operation": {1}, "a status": {2}, "a parameter": {3}, "a field": {4}, "a member": {5},
		"credentials": {6}, "fields of elements": {7}, "a member of answers": {8},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tests := till(600, 2)
			for _, i := range chosen {
				tests = slices.DeleteFunc(tests, func(c *call) bool { return !gaps[i](c) })
			}
			got := cover(t, write(t, tests), write(t, production))
			want := wanted(counted(production), counted(tests))
			if texts := untested(got.Untested); !slices.Equal(texts, want) {
				t.Errorf("untested are\n%s\nwant\n%s", strings.Join(texts, "\n"), strings.Join(want, "\n"))
			}
			if len(got.OnlyTests) != 0 {
				t.Errorf("only tests do %q", untested(got.OnlyTests))
			}
			if !slices.IsSortedFunc(got.Untested, func(a, b compare.Finding) int { return int(b.Seen.For) - int(a.Seen.For) }) {
				t.Error("they are not ordered by calls")
			}
			reverse := cover(t, write(t, production), write(t, tests))
			if len(reverse.Untested) != 0 || len(reverse.OnlyTests) != len(got.Untested) {
				t.Errorf("the reverse has %q and %q", untested(reverse.Untested), untested(reverse.OnlyTests))
			}
		})
	}
}

// TestNoiseOfProductionIsNotUntested adds what any server that is reachable gets, and what gateways answer.
func TestNoiseOfProductionIsNotUntested(t *testing.T) {
	t.Parallel()
	one := func(method, path string, status int, query object) *call {
		return &call{
			method: method, path: path, status: status, query: query, header: object{}, answers: object{},
			mediaType: "text/html", returns: "<html></html>",
		}
	}
	production := till(700, 1)
	production = append(
		production,
		one("GET", "/wp-login.php", 404, nil), one("GET", "/.env", 403, nil), one("POST", "/admin/config", 401, nil),
		one("OPTIONS", "/sales", 200, nil), one("HEAD", "/sales", 200, nil), one("TRACE", "/sales", 405, nil),
		one("GET", "/sales", 503, nil), one("GET", "/sales", 502, nil), one("GET", "/sales/77", 404, object{"debug": "1"}),
		&call{method: "GET", path: "/sales", status: 304, header: object{"Authorization": "Bearer abc"}},
	)
	got := cover(t, write(t, till(700, 2)), write(t, production))
	if len(got.Untested) > 0 {
		t.Errorf("untested are %q", untested(got.Untested))
	}
	if got.Calls.Covered != got.Calls.Of || got.Levels.Reached != 6 {
		t.Errorf("%+v are covered, level %d", got.Calls, got.Levels.Reached)
	}
	if got.Unproved != 2 {
		t.Errorf("%d paths are not judged, want 2", got.Unproved)
	}
}

// TestTestsThatDoAllLeaveNothingUntested holds for any API, with the framework's routes on both sides, on
// one of them, or on none: the tests have the calls of production and others.
func TestTestsThatDoAllLeaveNothingUntested(t *testing.T) {
	t.Parallel()
	for _, api := range apis.All() {
		t.Run(api.Name, func(t *testing.T) {
			t.Parallel()
			x, y, err := draw(api, 300, 5)
			if err != nil {
				t.Fatal(err)
			}
			for _, routes := range [][2]bool{{true, true}, {true, false}, {false, true}, {false, false}} {
				production, err := recording(x, routes[0])
				if err != nil {
					t.Fatal(err)
				}
				tests, err := recording(slices.Concat(x, y), routes[1])
				if err != nil {
					t.Fatal(err)
				}
				a, b := compare.SidesOfOneAPI(tests, production)
				got := compare.Cover(a, b, nil)
				if len(got.Untested) > 0 || got.Calls.Covered < got.Calls.Of || got.Levels.Reached != 6 {
					t.Errorf("routes %v: %q, %+v, level %d", routes, untested(got.Untested), got.Calls, got.Levels.Reached)
				}
			}
		})
	}
}
