package openapi_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/openapi"
	"akita/internal/witness"
)

// graphql is a call of a GraphQL operation; name "" leaves its name out.
func graphql(query, name, variables, answer string) har.Entry {
	request := map[string]any{"query": query, "variables": json.RawMessage(variables)}
	if name != "" {
		request["operationName"] = name
	}
	text, err := json.Marshal(request)
	if err != nil {
		panic(err)
	}
	return call("/graphql", 200, answer, sends(string(text)))
}

// rpc is a call of a method of JSON-RPC.
func rpc(method, params, result string) har.Entry {
	return call("/rpc", 200, `{"jsonrpc":"2.0","id":1,`+result+`}`, sends(`{"jsonrpc":"2.0","id":1,"method":"`+method+`","params":`+params+`}`))
}

// How actions of one URL are written.
func TestActions(t *testing.T) {
	t.Parallel()
	const content = " content application/json schema "
	request, response := "requestBody"+content, "responses 200"+content
	ok := `"result":true`
	for name, c := range map[string]struct {
		calls []har.Entry
		place string // below the operation
		want  string
	}{
		"methods of different requests": {
			[]har.Entry{rpc("a", `{"x":1}`, ok), rpc("b", `{"y":1}`, ok)}, request + "discriminator propertyName", `"method"`,
		},
		"methods of the same request": {
			[]har.Entry{rpc("a", `{"x":1}`, ok), rpc("b", `{"x":2}`, ok)}, request + "properties method enum", `["a","b"]`,
		},
		"one method": {
			[]har.Entry{rpc("a", `{"x":1}`, ok)}, request + "title", `"a"`,
		},
		"many methods of the same request": {
			[]har.Entry{rpc("a", `{}`, ok), rpc("b", `{}`, ok), rpc("c", `{}`, ok), rpc("d", `{}`, ok), rpc("e", `{}`, ok)},
			request + "title", `"a, b, c and 2 more"`,
		},
		"responses with different results": {
			[]har.Entry{rpc("a", `{}`, `"result":1`), rpc("b", `{}`, `"result":"x y"`)},
			response + "oneOf 1 title", `"b"`,
		},
		"responses that overlap": {
			[]har.Entry{rpc("a", `{}`, `"result":{"x":1}`), rpc("b", `{}`, `"result":{"x":1,"y":1}`)},
			response + "anyOf 1 title", `"b"`,
		},
		"errors": {
			[]har.Entry{rpc("a", `{}`, ok), rpc("b", `{}`, `"error":{"code":1}`)}, response + "oneOf 1 title", `"error"`,
		},
		"only batches": {
			[]har.Entry{call("/rpc", 200, `[]`, sends(`[{"jsonrpc":"2.0","method":"a"}]`))}, request + "items title", `"a"`,
		},
		"batches too": {
			[]har.Entry{rpc("a", `{}`, ok), call("/rpc", 200, `[]`, sends(`[{"jsonrpc":"2.0","method":"a","id":1,"params":{}}]`))},
			request + "oneOf 1 type", `"array"`,
		},
		"other bodies too": {
			[]har.Entry{rpc("a", `{}`, ok), call("/rpc", 200, `{}`, sends(`{"x":1}`))}, request + "anyOf 1 properties x type", `"integer"`,
		},
		"a method whose name is data": {
			[]har.Entry{rpc("ada@example.test", `{}`, ok), rpc("ada@example.test", `{}`, ok)}, request + "title", `"action without a name"`,
		},
		"an operation without operationName": {
			[]har.Entry{graphql("query A { a }", "", `{}`, `{}`)}, request + "title", `"query A"`,
		},
		"an operation without a name": {
			[]har.Entry{graphql("{ b a }", "", `{}`, `{}`)}, request + "title", `"query { a b }"`,
		},
		"a name beside none": {
			[]har.Entry{graphql("query A($x: Int) { a }", "A", `{"x":1}`, `{}`), graphql("{ b }", "", `{}`, `{}`)},
			request + "oneOf 1 properties operationName", `{"type":"null"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all, document := documentOf(t, c.calls, openapi.Options{Plain: true})
			path := "/rpc"
			if at(document, "paths /rpc") == nil {
				path = "/graphql"
			}
			got := at(document, "paths "+path+" post "+c.place)
			if !same(t, got, c.want) {
				t.Errorf("got %s, want %s in\n%s", text(t, got), c.want, all)
			}
		})
	}
}

// With more actions than the limit, the rest is one variant and counted.
func TestManyActions(t *testing.T) {
	t.Parallel()
	var calls []har.Entry
	for i := range apimodel.MaxActions + 6 {
		calls = append(calls, rpc(fmt.Sprintf("method%02d", i), fmt.Sprintf(`{"x%02d":1}`, i), `"result":1`))
	}
	_, document := documentOf(t, calls, openapi.Options{})
	content := "paths /rpc post requestBody content application/json "
	variants, _ := at(document, content+"schema anyOf").([]any)
	if len(variants) != apimodel.MaxActions+1 {
		t.Errorf("there are %d variants, want %d and the rest", len(variants), apimodel.MaxActions)
	}
	if got := at(document, content+"x-akita-folded"); !same(t, got, `{"actions":6}`) {
		t.Errorf("folded are %v, want 6 actions", got)
	}
}

// A document is valid, and is the same in any order of the calls.
func TestActionsInAnyOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var calls []witness.Witness
		for range rapid.IntRange(1, 12).Draw(t, "calls") {
			method := rapid.SampledFrom([]string{"a", "b", "c.d", "7f3c9a51e2b84d06"}).Draw(t, "method")
			params := rapid.SampledFrom([]string{`{"x":1}`, `{"y":"z z"}`, `[1]`, `null`}).Draw(t, "params")
			result := rapid.SampledFrom([]string{`"result":1`, `"result":{"x":1}`, `"error":{"code":1}`}).Draw(t, "result")
			e := rpc(method, params, result)
			if rapid.Bool().Draw(t, "batch") {
				e.Request.Body.Text = "[" + e.Request.Body.Text + "]"
				e.Response.Body.Text = "[" + e.Response.Body.Text + "]"
			}
			calls = append(calls, witness.FromEntry(&e, witness.Options{Enums: true}))
		}
		render := func(calls []witness.Witness) string {
			m := apimodel.New()
			for i := range calls {
				m.Add(&calls[i])
			}
			text, err := openapi.New(endpoints.Infer(m), openapi.Options{}).JSON()
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		want := render(calls)
		if got := render(rapid.Permutation(calls).Draw(t, "order")); got != want {
			t.Fatalf("another order gives\n%s\nwant\n%s", got, want)
		}
	})
}
