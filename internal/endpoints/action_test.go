package endpoints_test

import (
	"strings"
	"testing"

	"akita/internal/endpoints"
	"akita/internal/har"
)

// The order and the titles in which the actions of a URL are shown.
func TestActionsOfAnEndpoint(t *testing.T) {
	t.Parallel()
	send := func(request, answer string) har.Entry { return call("/api", 200, answer, sends(request)) }
	set := model([]har.Entry{
		send(`{"query":"query B { b }"}`, `{"data":{"b":1}}`),
		send(`{"query":"{ a }"}`, `{"data":{"a":"x y"}}`),
		send(`{"query":"mutation C { c }"}`, `{"data":null,"errors":[{"message":"x"}]}`),
		send(`{"query":"{ a b c d e }"}`, `{"data":[]}`),
		send(`{"jsonrpc":"2.0","id":1,"method":"user.get"}`, `{"id":1,"result":1}`),
	})
	detail, ok := set.Detail(set.Overview(endpoints.Filter{}).Endpoints[0].ID)
	if !ok {
		t.Fatal("there is no endpoint")
	}
	var titles []string
	for _, variant := range detail.Responses[0].Bodies[0].Schema.List("oneOf") {
		text, err := variant.(interface{ MarshalJSON() ([]byte, error) }).MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		title, _, _ := strings.Cut(strings.TrimPrefix(string(text), `{"title":"`), `"`)
		titles = append(titles, title)
	}
	want := "query B|query { a }|user.get|action without a name|error"
	if got := strings.Join(titles, "|"); got != want {
		t.Errorf("the variants are %q, want %q", got, want)
	}
}
