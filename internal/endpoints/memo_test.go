package endpoints_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/har/hartest"
	"akita/internal/witness"
)

// An inference gives the same result with and without a memo, whatever was inferred before.
func TestMemoChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		memo, parts := endpoints.NewMemo(), make(map[apimodel.Part]*apimodel.Model)
		last := endpoints.Infer(apimodel.New())
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			for range rapid.IntRange(0, 12).Draw(t, "calls") {
				w := drawCall(t)
				part := apimodel.PartOf(&w)
				next := apimodel.New() // a part that was read does not change
				if before := parts[part]; before != nil {
					next.Merge(before)
				}
				next.Add(&w)
				parts[part] = next
			}
			if rapid.IntRange(0, 9).Draw(t, "deleted") == 0 {
				clear(parts)
			}
			before := described(t, last)
			set := memo.Infer(union(parts, func(m *apimodel.Model) *apimodel.Model { return m }))
			if described(t, last) != before {
				t.Fatal("an inference changed the result of the one before")
			}
			last = set
			got := described(t, set)
			want := described(t, endpoints.Infer(union(parts, (*apimodel.Model).Clone)))
			if got != want {
				t.Fatalf("with a memo it is\n%s\nand without\n%s", got, want)
			}
		}
	})
}

func union(parts map[apimodel.Part]*apimodel.Model, each func(*apimodel.Model) *apimodel.Model) *apimodel.Model {
	var list []*apimodel.Model
	for _, m := range parts {
		list = append(list, each(m))
	}
	return apimodel.Union(list)
}

// described returns all that a set says.
func described(t *rapid.T, set *endpoints.Set) string {
	all := []any{set.Overview(endpoints.Filter{})}
	for e := range set.Matching(endpoints.Filter{}) {
		all = append(all, e.Detail(), e.Servers(), e.Requirements())
	}
	return encoded(t, all)
}

func encoded(t *rapid.T, v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func drawCall(t *rapid.T) witness.Witness {
	pick := func(of ...string) string { return rapid.SampledFrom(of).Draw(t, "choice") }
	path := fmt.Sprintf("/%s/%s", pick("users", "orders"), pick("7", "8", "me", "anna", "bert", "cleo", "a/b", "x/9"))
	status := rapid.SampledFrom([]int{200, 200, 200, 201, 304, 400, 404, 401}).Draw(t, "status")
	body := pick(`{"id":1,"name":"x"}`, `{"id":1,"total":2.5,"lines":[]}`, `{"detail":"no"}`, `[]`)
	e := hartest.Call(path+pick("", "", "/"), status, body)
	e.Request.Method = pick("GET", "GET", "POST", "DELETE")
	e.Request.URL = "https://" + pick("a.test", "a.test", "b.test") + path
	switch pick("key", "cookie", "none") {
	case "key":
		hartest.RequestHeader("Authorization", "Bearer opaque")(&e)
	case "cookie":
		hartest.RequestHeader("Cookie", "sessionid=1")(&e)
	}
	switch pick("routed", "optional", "unknown", "unknown", "unknown") {
	case "routed":
		e.Akita = har.Akita{Known: true, Route: pick("users/{id}", "orders/{pk}", "users/{id}/{format}"), View: "shop.View"}
	case "optional":
		e.Akita = har.Akita{Known: true, Route: "users/{id}.{format}", View: "shop.View"}
	}
	w := witness.FromEntry(&e, witness.Options{})
	if w.Template != "" && pick("yes", "no") == "yes" {
		w.BaseTemplate = "/users/{id}"
	}
	w.Browser = pick("browser", "code", "code", "code") == "browser"
	return w
}
