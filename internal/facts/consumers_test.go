package facts_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/facts"
	"akita/internal/har"
	"akita/internal/har/hartest"
	"akita/internal/witness"
)

// orders is an operation that three consumers call.
func orders(t *testing.T) *apimodel.Operation {
	t.Helper()
	m := apimodel.New()
	add := func(n int, url, body string, status int, answer string, change ...func(*har.Entry)) {
		for range n {
			e := hartest.Call(url, status, answer, append(change, hartest.Sends(body))...)
			e.Akita.Known, e.Akita.Route = true, "orders"
			w := witness.FromEntry(&e, witness.Options{})
			m.Add(&w)
		}
	}
	mobile, job := hartest.By("mobile-app", "3.2"), hartest.By("billing-job", "")
	add(3, "/orders?notify=1", `{"sku":"a","gift":{"note":"x"}}`, 201, `{"id":1}`, mobile)
	add(5, "/orders", `{"sku":"a","lines":[{"qty":1}]}`, 201, `{"id":1}`, job, hartest.RequestHeader("Authorization", "Bearer a"))
	add(2, "/orders?legacy=1", `{"old":1}`, 400, `{"error":"x"}`, hartest.RequestHeader("User-Agent", "curl/8.5.0"))
	add(1, "/orders", "", 204, "", hartest.RequestHeader("User-Agent", "curl/8.5.0"))
	for _, op := range m.Operations() {
		return op
	}
	return nil
}

func TestConsumersOfAFact(t *testing.T) {
	t.Parallel()
	op := orders(t)
	const body = "application/json"
	field := func(path string) facts.Key {
		return facts.Key{Kind: facts.Field, In: facts.Request, MediaType: body, Path: path}
	}
	for _, c := range []struct {
		key  facts.Key
		want string
	}{
		{facts.Key{Kind: facts.Operation}, "billing-job 5, curl 3, mobile-app 3"},
		{facts.Key{Kind: facts.Accepted}, "billing-job 5, mobile-app 3, curl 1"},
		{facts.Key{Kind: facts.Status, Value: "201"}, "billing-job 5, mobile-app 3"},
		{facts.Key{Kind: facts.Status, Value: "400"}, "curl 2"},
		{facts.Key{Kind: facts.Field, In: "201", MediaType: body, Path: "id"}, "billing-job 5, mobile-app 3"},
		{facts.Key{Kind: facts.NoBody, In: "204"}, "curl 1"},
		{facts.Key{Kind: facts.Parameter, In: "query", Path: "notify"}, "mobile-app 3"},
		{facts.Key{Kind: facts.Type, In: "query", Path: "notify", Value: "integer"}, "mobile-app 3"},
		{facts.Key{Kind: facts.Parameter, In: "query", Path: "legacy"}, ""},
		{facts.Key{Kind: facts.Absent, In: "query", Path: "notify"}, "billing-job 5, curl 1"},
		{facts.Key{Kind: facts.Type, In: "path", Path: "1", Value: "integer"}, "billing-job 5, mobile-app 3, curl 1"},
		{facts.Key{Kind: facts.MediaType, In: facts.Request, Value: body}, "billing-job 5, mobile-app 3"},
		{facts.Key{Kind: facts.NoBody, In: facts.Request}, "curl 1"},
		{field("sku"), "billing-job 5, mobile-app 3"},
		{field("sku").With(facts.Type, "string"), "billing-job 5, mobile-app 3"},
		{field("gift").Below("note"), "mobile-app 3"},
		{field("lines[]").With(facts.Type, "object"), "billing-job 5"},
		{field("lines[]").Below("qty").With(facts.Type, "integer"), "billing-job 5"},
		{field("lines").With(facts.Absent, ""), "mobile-app 3, curl 1"},
		{facts.Key{Kind: facts.Auth, Value: "bearer"}, "billing-job 5"},
		{facts.Key{Kind: facts.Auth, Value: "none"}, "mobile-app 3, curl 1"},
	} {
		var got []string
		for _, by := range facts.Consumers(c.key, op) {
			got = append(got, fmt.Sprint(by.Name, " ", by.Calls))
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%+v: got %q, want %q", c.key, text, c.want)
		}
	}
}

func TestConsumersOfSeveralOperations(t *testing.T) {
	t.Parallel()
	op := orders(t)
	by := facts.Consumers(facts.Key{Kind: facts.Parameter, In: "query", Path: "notify"}, op, op)
	nine := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	if len(by) != 1 || by[0].Calls != 6 || !by[0].First.Equal(nine) || !by[0].Last.Equal(nine) ||
		!slices.Equal(by[0].Versions, []string{"3.2"}) {
		t.Errorf("got %+v", by)
	}
}

func TestSentBy(t *testing.T) {
	t.Parallel()
	var got []string
	for _, k := range facts.SentBy(orders(t), "mobile-app") {
		got = append(got, strings.Trim(fmt.Sprint(k.Kind, " ", k.Name(), k.Value), " "))
	}
	want := []string{"parameter notify", "media_type application/json", "field gift", "field gift.note", "field sku"}
	if slices.Sort(got); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
		t.Errorf("got %q", got)
	}
	if facts.SentBy(orders(t), "nobody") != nil {
		t.Error("somebody who is not there sent something")
	}
}
