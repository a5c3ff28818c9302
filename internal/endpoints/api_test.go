package endpoints_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/har/hartest"
	"akita/internal/witness"
)

// A shop has operations that answer differently from one another, and a page for people.
var shop = []struct{ path, answer string }{
	{"/api/users/%d", `{"id":1,"name":"x","email":"a@b.test"}`},
	{"/api/users", `{"items":[{"id":1,"name":"x"}],"total":1}`},
	{"/api/orders/%d", `{"number":1,"placed":"2026-01-05","lines":[]}`},
	{"/api/orders", `{"orders":[{"number":1}],"next":null}`},
	{"/api/tags/red-shoes", `{"slug":"x","label":"y","uses":1}`},
	{"/api/tags/blue-hats", `{"slug":"x","label":"y","uses":1}`},
	{"/api/tags/warm-socks", `{"slug":"x","label":"y","uses":1}`},
	{"/api/tags/thin-ties", `{"slug":"x","label":"y","uses":1}`},
	{"/api/cart", `{"lines":[],"sum":1,"currency":"EUR"}`},
}

// shopCalls calls every operation n times; at names the host of a call.
func shopCalls(n int, at func(i int) string) []har.Entry {
	var calls []har.Entry
	for i := range n {
		for _, o := range shop {
			path := o.path
			if n := len(path); path[n-1] == 'd' {
				path = fmt.Sprintf(path, 1000+i)
			}
			calls = append(calls, call(path, 200, o.answer, hartest.At(at(len(calls)))))
		}
	}
	return calls
}

// One application under three names has as many endpoints as under one.
func TestMirroredHostsAreOneAPI(t *testing.T) {
	t.Parallel()
	one := model(shopCalls(9, func(int) string { return "a.test" }))
	hosts := []string{"a.test", "b.test", "c.test:8000"}
	three := model(shopCalls(9, func(i int) string { return hosts[i/len(shop)%3] }))
	var want, got []string
	for e := range one.Matching(endpoints.Filter{}) {
		want = append(want, fmt.Sprint(e.Method, e.Path, e.Calls.Calls()))
	}
	for e := range three.Matching(endpoints.Filter{}) {
		got = append(got, fmt.Sprint(e.Method, e.Path, e.Calls.Calls()))
		if servers := e.Servers(); len(servers) != 3 {
			t.Errorf("%s is served by %q, want all three hosts", e.Path, servers)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("under three names the endpoints are %q, want %q", got, want)
	}
	for _, h := range three.Hosts() {
		if h.API != 1 || h.Requests == 0 || h.Endpoints == 0 {
			t.Errorf("the host is %+v, want one of the first API", h)
		}
	}
}

// An endpoint of several hosts is found under the id that it had at each of them.
func TestIDsOfMirroredHosts(t *testing.T) {
	t.Parallel()
	const path = "/api/cart"
	only := func(host string) string {
		for e := range model(shopCalls(1, func(int) string { return host })).Matching(endpoints.Filter{Path: path}) {
			return e.ID()
		}
		return ""
	}
	both := model(append(
		shopCalls(2, func(int) string { return "b.test" }), shopCalls(1, func(int) string { return "a.test" })...))
	for _, host := range []string{"a.test", "b.test"} {
		if detail, ok := both.Detail(only(host)); !ok || detail.Path != path || detail.Requests != 3 {
			t.Errorf("under its id at %s the endpoint is %+v", host, detail.Summary)
		}
	}
	for e := range both.Matching(endpoints.Filter{Path: path}) {
		if e.ID() != only("a.test") || e.Host != "b.test" {
			t.Errorf("the endpoint has id %s and host %s, want that of a.test and b.test", e.ID(), e.Host)
		}
	}
}

// Which hosts are one API is decided by all that they answer.
func TestWhichHostsAreOneAPI(t *testing.T) {
	t.Parallel()
	const user, order, other = `{"id":1,"name":"x"}`, `{"number":1,"sum":2}`, `{"left":1,"sold":2}`
	b, c := hartest.At("b.test"), hartest.At("c.test")
	bearer := header("Authorization", "Bearer opaque")
	routed := func(e *har.Entry) { e.Akita = har.Akita{Known: true, Route: e.Request.URL[14:], View: "shop.view"} }
	empty := func(host func(*har.Entry), paths ...string) (calls []har.Entry) {
		for _, path := range paths {
			calls = append(calls, call(path, 204, "", host))
		}
		return calls
	}
	a := func(*har.Entry) {}
	tests := map[string]struct {
		calls []har.Entry
		apis  []int // of a.test, b.test and c.test
	}{
		"nothing in common": {[]har.Entry{
			call("/users/1", 200, user), call("/users/1", 200, user), call("/orders/1", 200, order, b)}, []int{1, 2}},
		"all in common": {[]har.Entry{
			call("/users/1", 200, user), call("/users/1", 200, user), call("/users/1", 200, user, b)}, []int{1, 1}},
		"a health check in common": {[]har.Entry{
			call("/users/1", 200, user), call("/health", 200, order), call("/health", 200, order, b)}, []int{1, 2}},
		"one of three in common": {[]har.Entry{
			call("/users/1", 200, user), call("/orders/1", 200, order), call("/stock", 200, other), call("/x/1", 200, other),
			call("/users/1", 200, user, b), call("/invoices/1", 200, order, b), call("/bills/1", 200, other, b)}, []int{1, 2}},
		"one alike and one not": {[]har.Entry{
			call("/users/1", 200, user), call("/users/1", 200, user), call("/orders/1", 200, order),
			call("/users/1", 200, user, b), call("/orders/1", 200, other, b)}, []int{1, 2}},
		"a third shows that two are one": {[]har.Entry{
			call("/users/1", 200, user), call("/users/1", 200, user), call("/stock", 200, other),
			call("/orders/1", 200, order, b), call("/orders/1", 200, order, b),
			call("/users/1", 200, user, c), call("/orders/1", 200, order, c)}, []int{1, 1, 1}},
		"the same code by its view": {[]har.Entry{
			call("/users/1", 200, "", routed), call("/users/1", 200, "", routed), call("/users/1", 200, "", routed, b)}, []int{1, 1}},
		"few answers without content": {append(
			empty(a, "/lock", "/lock", "/open", "/shut"), empty(b, "/lock", "/open", "/shut")...), []int{1, 2}},
		"many answers without content": {append(
			empty(a, "/lock", "/lock", "/open", "/shut", "/stop"), empty(b, "/lock", "/open", "/shut", "/stop")...), []int{1, 1}},
		"a host that finds nothing": {[]har.Entry{
			call("/users/1", 200, user), call("/users/1", 404, "", b), call("/users/1", 404, "", b)}, []int{1}},
		"other credentials": {[]har.Entry{
			call("/users/1", 200, user, bearer), call("/users/1", 200, user, bearer), call("/users/1", 200, user, b)}, []int{1, 2}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hosts := model(test.calls).Hosts()
			slices.SortFunc(hosts, func(x, y endpoints.Host) int { return int(x.Name[0]) - int(y.Name[0]) })
			var apis []int
			for _, h := range hosts {
				apis = append(apis, h.API)
			}
			if !slices.Equal(apis, test.apis) {
				t.Errorf("the APIs of the hosts are %v, want %v: %+v", apis, test.apis, hosts)
			}
		})
	}
}

// In one API a host that differs in one operation keeps it apart; a few calls with other credentials
// prove nothing if both hosts take both.
func TestOneOperationOfAnAPIDiffers(t *testing.T) {
	t.Parallel()
	bearer := header("Authorization", "Bearer opaque")
	mirrored := shopCalls(2, func(i int) string { return []string{"a.test", "b.test"}[i/len(shop)] })
	both := append(slices.Clone(mirrored), call("/api/x", 200, `{"a":1,"b":2}`, bearer),
		call("/api/y", 200, `{"a":1,"b":2}`, bearer, hartest.At("b.test")))
	times := func(n int, e har.Entry) []har.Entry { return slices.Repeat([]har.Entry{e}, n) }
	const stock = `{"sku":"a-1","left":3}`
	at := hartest.At("b.test")
	tests := map[string]struct {
		calls []har.Entry
		want  int
	}{
		"other fields":                       {slices.Concat(mirrored, times(1, call("/api/stock", 200, stock)), times(1, call("/api/stock", 200, `{"x":1,"y":2}`, at))), 2},
		"credentials that one host has only": {slices.Concat(mirrored, times(1, call("/api/stock", 200, stock)), times(1, call("/api/stock", 200, stock, bearer, at))), 2},
		"few calls with other credentials":   {slices.Concat(both, times(2, call("/api/stock", 200, stock)), times(2, call("/api/stock", 200, stock, bearer, at))), 1},
		"more calls with other credentials":  {slices.Concat(both, times(3, call("/api/stock", 200, stock)), times(3, call("/api/stock", 200, stock, bearer, at))), 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := slices.Collect(model(test.calls).Matching(endpoints.Filter{Path: "/api/stock"}))
			if len(found) != test.want {
				t.Fatalf("there are %d endpoints, want %d", len(found), test.want)
			}
			for _, e := range found {
				if apart := len(e.Servers()) < 2; apart != (test.want == 2) {
					t.Errorf("%s is served by %q", e.Host, e.Servers())
				}
			}
		})
	}
}

// For any hosts, every call is counted once, no two endpoints share an id, and the order of calls
// changes nothing.
func TestHostsCountEveryCall(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		entries := make([]har.Entry, rapid.IntRange(0, 40).Draw(t, "calls"))
		for i := range entries {
			entries[i] = hartest.Draw(t)
		}
		o := model(entries).Overview(endpoints.Filter{})
		total, ids := o.Unmatched+o.Browser, make(map[string]bool)
		for _, e := range o.Endpoints {
			total += e.Requests
			if ids[e.ID] {
				t.Fatalf("two endpoints have the id %s", e.ID)
			}
			ids[e.ID] = true
		}
		if total != uint64(len(entries)) {
			t.Fatalf("%d of %d calls are counted", total, len(entries))
		}
		shuffled := rapid.Permutation(entries).Draw(t, "order")
		if got, want := encoded(t, model(shuffled).Overview(endpoints.Filter{})), encoded(t, o); got != want {
			t.Fatalf("in another order the overview is\n%s\nwant\n%s", got, want)
		}
	})
}

// A hundred hosts that mirror each other, and a hundred that do not, are judged in time that a page
// can wait for: the work must not grow with the square of what they answer.
func BenchmarkManyHosts(b *testing.B) {
	for name, at := range map[string]func(i int) string{
		"mirrored": func(i int) string { return fmt.Sprintf("t%d.test", i%99) },
		"apart":    func(i int) string { return fmt.Sprintf("t%d.test", i/len(shop)) },
	} {
		m := apimodel.New()
		for i, e := range shopCalls(99, at) {
			if name == "apart" {
				e.Response.Body.Text = fmt.Sprintf(`{"a%d":1,"b%d":2}`, i, i)
			}
			w := witness.FromEntry(&e, witness.Options{})
			m.Add(&w)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				endpoints.Infer(m)
			}
		})
	}
}
