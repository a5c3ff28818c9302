package compare

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"akita/internal/compare"
)

type object = map[string]any

// call is a call of a small API before it is written as a HAR entry.
type call struct {
	method, path  string
	query, header object
	sends         any
	status        int
	mediaType     string
	returns       any
	answers       object // headers
}

// orders draws n calls of an API of orders.
func orders(n int, seed uint64) []*call {
	r := rand.New(rand.NewPCG(seed, 1))
	maybe := func(o object, name string, share float64, value any) {
		if r.Float64() < share {
			o[name] = value
		}
	}
	order := func() object {
		o := object{
			"id": r.IntN(9000), "code": fmt.Sprintf("A-%05d", r.IntN(99999)), "total": float64(r.IntN(9000)) + .5, "units": r.IntN(9),
			"state": []string{"open", "paid", "sent"}[r.IntN(3)], "created": "2026-02-03T10:11:12Z", "tags": []any{"new", "vip"},
			"lines": []any{object{"sku": "x1", "count": r.IntN(9)}, object{"sku": "x2", "count": r.IntN(9)}},
			"buyer": object{"name": "Ada", "mail": "ada@example.test"},
		}
		maybe(o, "note", .5, "please ring")
		return o
	}
	var out []*call
	for i := range n {
		c := &call{
			method: "GET", path: "/orders", query: object{}, status: 200, mediaType: "application/json",
			header: object{"Authorization": "Bearer abc"}, answers: object{"X-Total": fmt.Sprint(r.IntN(99))},
		}
		maybe(c.query, "page", .6, fmt.Sprint(r.IntN(40)))
		id := fmt.Sprint(r.IntN(9000))
		switch i % 6 {
		case 0:
			c.returns = []any{order(), order()}
		case 1:
			c.path, c.query, c.returns = "/orders/"+id, object{}, order()
		case 2:
			sent := object{"units": r.IntN(9), "sku": "x1"}
			maybe(sent, "note", .5, "please ring")
			c.method, c.query, c.sends, c.status, c.returns = "POST", object{}, sent, 201, order()
		case 3:
			c.path, c.returns = "/customers", []any{object{"id": r.IntN(900), "name": "Ada"}}
		case 4:
			c.path, c.query, c.returns = "/customers/"+id, object{}, object{"id": r.IntN(900), "name": "Ada"}
		case 5:
			c.path, c.query, c.header = "/stats", object{}, object{}
			c.returns = object{"days": object{"2026-01-05": r.IntN(9), "2026-01-06": r.IntN(9)}}
		}
		out = append(out, c)
	}
	return out
}

// write returns calls as HAR entries.
func write(t *testing.T, calls []*call) (lines [][]byte) {
	t.Helper()
	pairs := func(of object) []object {
		out := []object{}
		for name, value := range of {
			out = append(out, object{"name": name, "value": value})
		}
		return out
	}
	text := func(value any) string {
		out, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	for i, c := range calls {
		request := object{
			"method": c.method, "url": "https://orders.test" + c.path, "headers": pairs(c.header), "queryString": pairs(c.query),
		}
		if c.sends != nil {
			request["postData"] = object{"mimeType": "application/json", "text": text(c.sends)}
		}
		response := object{"status": c.status, "headers": pairs(c.answers)}
		if c.returns != nil {
			response["content"] = object{"mimeType": c.mediaType, "text": text(c.returns)}
		}
		lines = append(lines, []byte(text(object{
			"startedDateTime": time.Date(2026, 3, 2, 9, 0, i, 0, time.UTC).Format(time.RFC3339), "time": 3,
			"request": request, "response": response,
		})))
	}
	return lines
}

// planted are changes that may break clients, each with what a finding has to say.
var planted = map[string]struct {
	change func(i int, c *call)
	want   string
}{
	"an operation is gone": {func(_ int, c *call) {
		if c.path == "/stats" {
			c.path, c.returns = "/customers", []any{object{"id": 7, "name": "Ada"}}
		}
	}, "removed operation GET /stats breaking"},
	"a path moved": {func(_ int, c *call) {
		c.path = strings.Replace(c.path, "/customers", "/clients", 1)
	}, "removed operation GET /customers breaking"},
	"a field is gone": {field("GET", "/orders/", func(o object) { delete(o, "code") }),
		"removed response_field 200 response.body.code breaking"},
	"a field of elements is gone": {field("GET", "/orders/", func(o object) {
		for _, line := range o["lines"].([]any) {
			delete(line.(object), "sku")
		}
	}), "removed response_field 200 response.body.lines[].sku breaking"},
	"a field of an object is gone": {field("GET", "/orders/", func(o object) { delete(o["buyer"].(object), "mail") }),
		"removed response_field 200 response.body.buyer.mail breaking"},
	"a field has another name": {field("GET", "/orders/", func(o object) { o["number"] = o["code"]; delete(o, "code") }),
		"removed response_field 200 response.body.code breaking"},
	"a field is optional": {sometimes(field("GET", "/orders/", func(o object) { delete(o, "code") })),
		"changed required 200 response.body.code breaking"},
	"a field may be null": {sometimes(field("GET", "/orders/", func(o object) { o["code"] = nil })),
		"changed nullable 200 response.body.code breaking"},
	"a number is a text": {field("GET", "/orders/", func(o object) { o["total"] = fmt.Sprint(o["total"]) }),
		"changed type 200 response.body.total breaking"},
	"an integer is a number": {field("GET", "/orders/", func(o object) { o["units"] = 1.5 }),
		"changed type 200 response.body.units breaking"},
	"an object is a text": {field("GET", "/orders/", func(o object) { o["buyer"] = "Ada" }),
		"changed type 200 response.body.buyer breaking"},
	"elements have another type": {field("GET", "/orders/", func(o object) { o["tags"] = []any{1, 2} }),
		"changed type 200 response.body.tags[] breaking"},
	"values of a map have another type": {func(_ int, c *call) {
		if c.path == "/stats" {
			c.returns = object{"days": object{"2026-01-05": "many"}}
		}
	}, "changed type 200 response.body.days.* breaking"},
	"an object is a list": {func(_ int, c *call) {
		if strings.HasPrefix(c.path, "/customers/") {
			c.returns = []any{c.returns}
		}
	}, "changed type 200 response.body breaking"},
	"another format": {field("GET", "/orders/", func(o object) { o["created"] = "3 Feb" }),
		"changed format 200 response.body.created"},
	"a new member": {sometimes(field("GET", "/orders/", func(o object) { o["state"] = "lost" })),
		"changed enum 200 response.body.state"},
	"another status": {func(_ int, c *call) {
		if c.method == "POST" {
			c.status = 202
		}
	}, "removed status 201 response breaking"},
	"another media type": {func(_ int, c *call) {
		if strings.HasPrefix(c.path, "/customers/") {
			c.mediaType = "application/hal+json"
		}
	}, "removed media_type 200 response.body breaking"},
	"a new parameter that all calls have": {func(_ int, c *call) {
		if c.path == "/orders" && c.method == "GET" {
			c.query["region"] = "eu"
		}
	}, "added parameter query.region breaking"},
	"a parameter that all calls have now": {func(_ int, c *call) {
		if c.path == "/orders" && c.method == "GET" {
			c.query["page"] = "3"
		}
	}, "changed required query.page breaking"},
	"a new field that all requests have": {func(_ int, c *call) {
		if c.method == "POST" {
			c.sends.(object)["region"] = "eu"
		}
	}, "added request_field request.body.region breaking"},
	"another type of a request's field": {func(_ int, c *call) {
		if c.method == "POST" {
			c.sends.(object)["units"] = "three"
		}
	}, "changed type request.body.units breaking"},
	"another type in a path": {func(i int, c *call) {
		if strings.HasPrefix(c.path, "/orders/") {
			c.path = fmt.Sprintf("/orders/3f2504e0-4f89-41d3-9a0c-0305e82c%04x", i)
		}
	}, "changed type path. breaking"},
	"another type of a parameter": {func(_ int, c *call) {
		if c.query["page"] != nil {
			c.query["page"] = "abc"
		}
	}, "changed type query.page"},
	"credentials where none were needed": {func(_ int, c *call) {
		if c.path == "/stats" {
			c.header = object{"Authorization": "Bearer abc"}
		}
	}, "removed auth request.auth none breaking"},
	"other credentials": {func(_ int, c *call) {
		if strings.HasPrefix(c.path, "/orders/") {
			c.header["Authorization"] = "Basic YTpi"
		}
	}, "removed auth request.auth breaking"},
	"a header is gone": {func(_ int, c *call) {
		if strings.HasPrefix(c.path, "/orders/") {
			c.answers = object{}
		}
	}, "removed header 200 response.header.x-total breaking"},
}

// field changes the objects that calls return.
func field(method, path string, change func(object)) func(int, *call) {
	return func(_ int, c *call) {
		if o, ok := c.returns.(object); ok && c.method == method && strings.HasPrefix(c.path, path) {
			change(o)
		}
	}
}

// sometimes applies a change to half of the calls.
func sometimes(change func(int, *call)) func(int, *call) {
	return func(i int, c *call) {
		if i/6%2 == 0 {
			change(i, c)
		}
	}
}

func TestPlantedChangesAreFound(t *testing.T) {
	t.Parallel()
	const n = 300
	base, err := recording(write(t, orders(n, 1)), false)
	if err != nil {
		t.Fatal(err)
	}
	for name, plant := range planted {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			calls := orders(n, 2)
			for i, c := range calls {
				plant.change(i, c)
			}
			revision, err := recording(write(t, calls), false)
			if err != nil {
				t.Fatal(err)
			}
			findings, err := changes(base, revision)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range findings {
				if f.Verdict == compare.Proved && hasAll(line(f), strings.Fields(plant.want)) {
					return
				}
				got = append(got, line(f)+" "+f.Rule)
			}
			t.Errorf("the findings are %q, want %s", got, plant.want)
		})
	}
}

func hasAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
