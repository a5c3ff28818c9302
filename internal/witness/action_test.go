package witness

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"akita/internal/har"
)

// exchange is a call with JSON in both directions.
func exchange(method, url, request, response string) har.Entry {
	e := har.Entry{Request: har.Request{Method: method, URL: url}, Response: har.Response{Status: 200, Size: -1}}
	if request != "" {
		e.Request.Body = &har.Body{MediaType: "application/json", Text: request}
	}
	if response != "" {
		e.Response.Body = &har.Body{MediaType: "application/json", Text: response}
	}
	return e
}

// document is a GraphQL request.
func document(query string, more ...string) string {
	text, err := json.Marshal(query)
	if err != nil {
		panic(err)
	}
	return `{"query":` + string(text) + strings.Join(append([]string{""}, more...), ",") + `}`
}

func TestActions(t *testing.T) {
	t.Parallel()
	const (
		get, post = "GET", "POST"
		data      = `{"data":{"user":{"id":1}}}`
		persisted = `"extensions":{"persistedQuery":{"version":1,"sha256Hash":"ab"}}`
	)
	rpc := func(method string, more string) string {
		return `{"jsonrpc":"2.0","method":"` + method + `"` + more + `}`
	}
	send := func(request, response string) har.Entry { return exchange(post, "/x", request, response) }
	typed := func(e har.Entry, request, response string) har.Entry {
		e.Request.Body.MediaType = request
		if response != "" {
			e.Response.Body.MediaType = response
		}
		return e
	}
	for name, c := range map[string]struct {
		call              har.Entry
		request, response string
	}{
		"an operation with a name": {
			send(document("query GetUser { user { id } }", `"operationName":"GetUser"`), data), "graphql GetUser query 1", "graphql GetUser query 1",
		},
		"the name in the document alone": {
			send(document("mutation AddUser { add { id } }"), data), "graphql AddUser mutation 1", "graphql AddUser mutation 1",
		},
		"without a name, by the fields": {
			send(document("{ user { id } posts }"), data), "graphql {posts.user} query 1", "graphql {posts.user} query 1",
		},
		"a name that is data": {
			send(document("query Q_5f011a4f10f7846b { user { id } }"), data), "graphql {user} query 1", "graphql {user} query 1",
		},
		"many fields": {
			send(document("{ a b c d e }"), data), "graphql  query 1", "graphql  query 1",
		},
		"one of several operations": {
			send(document("query A { a } mutation B { b }", `"operationName":"B"`), data), "graphql B mutation 1", "graphql B mutation 1",
		},
		"a persisted query": {
			send(`{"operationName":"GetUser",`+persisted+`}`, data), "graphql GetUser  1", "graphql GetUser  1",
		},
		"a persisted query without a name": {
			send(`{`+persisted+`}`, data), "graphql   1", "graphql   1",
		},
		"a query by its id": {
			send(`{"operationName":"GetUser","documentId":"ab","variables":{}}`, data), "graphql GetUser  1", "graphql GetUser  1",
		},
		"an operation that is not valid": {
			send(document("query GetUser {", `"operationName":"GetUser","variables":null`), data), "", "",
		},
		"a name that the document does not have": {
			send(document("query GetUser { user { id } }", `"operationName":"hunter"`), data), "graphql GetUser query 1", "graphql GetUser query 1",
		},
		"a call of a version that does not exist": {
			send(`{"jsonrpc":"hunter","id":1,"method":"user.get","params":{}}`, `{"id":1,"result":1}`), "", "",
		},
		"a GET": {
			exchange(get, "/x?query=query+GetUser%7Buser%7Bid%7D%7D&variables=%7B%7D", "", data), "", "graphql GetUser query 1",
		},
		"a GET of a persisted query": {
			exchange(get, "/x?operationName=GetUser&extensions=%7B%22persistedQuery%22%3A%7B%7D%7D", "", data), "", "graphql GetUser  1",
		},
		"a subscription": {
			typed(send(document("subscription OnUser { user { id } }"), "event: next\ndata: "+data+"\n\n"), "application/json", "text/event-stream"),
			"graphql OnUser subscription 1", "graphql OnUser subscription 1",
		},
		"the media type of GraphQL": {
			typed(send("query GetUser { user { id } }", data), "application/graphql", "application/graphql-response+json"),
			"graphql GetUser query 1", "graphql GetUser query 1",
		},
		"an upload": {
			typed(send(part("operations", "", document("mutation Up($f: Upload!) { up(file: $f) }"))+part("map", "", `{"0":["variables.f"]}`)+
				part("0", "; filename=\"a\"", "x")+"--b--", data), "multipart/form-data; boundary=b", ""), "", "graphql Up mutation 1",
		},
		"a form": {
			typed(send("query=%7Buser%7D", data), "application/x-www-form-urlencoded", ""), "", "graphql {user} query 1",
		},
		"an error": {
			send(document("{ user }"), `{"errors":[{"message":"x"}],"data":null}`), "graphql {user} query 1", "graphql   1 failed",
		},
		"a result in part": {
			send(document("{ user }"), `{"errors":[{"message":"x"}],"data":{"user":null}}`), "graphql {user} query 1", "graphql {user} query 1",
		},
		"a batch of operations": {
			send(`[`+document("query A { a }")+`,`+document("{ b }")+`,`+document("query A { a }")+`]`, `[{"data":{"a":1}},{"data":{"b":"x"}},{"errors":[{}]}]`),
			"batch graphql A query 2, graphql {b} query 1", "batch graphql   1 failed, graphql A query 1, graphql {b} query 1",
		},
		"a method": {
			send(rpc("user.get", `,"params":{"id":1},"id":7`), `{"jsonrpc":"2.0","result":{},"id":7}`), "jsonrpc user.get  1", "jsonrpc user.get  1",
		},
		"a notification": {
			send(rpc("log/write", ""), ""), "jsonrpc log/write  1", "",
		},
		"a method that failed": {
			send(rpc("get", `,"id":7`), `{"jsonrpc":"2.0","error":{"code":1},"result":null,"id":7}`), "jsonrpc get  1", "jsonrpc   1 failed",
		},
		"a method whose name is data": {
			send(rpc("ada@example.test", `,"id":7`), `{"result":1}`), "jsonrpc   1", "jsonrpc   1",
		},
		"JSON-RPC 1.0": {
			send(`{"method":"echo","params":["a"],"id":1}`, `{"result":"a","error":null,"id":1}`), "jsonrpc echo  1", "jsonrpc echo  1",
		},
		"a batch of methods, answered in another order": {
			send(`[`+rpc("a", `,"id":1`)+`,`+rpc("note", "")+`,`+rpc("b", `,"id":"x"`)+`]`, `[{"id":"x","result":{"b":1}},{"id":1,"result":2},{"id":null,"error":{}}]`),
			"batch jsonrpc a  1, jsonrpc b  1, jsonrpc note  1", "batch jsonrpc   1 failed, jsonrpc a  1, jsonrpc b  1",
		},
		"a batch that failed as a whole": {
			send(`[`+rpc("a", `,"id":1`)+`]`, `{"error":{},"id":null}`), "batch jsonrpc a  1", "",
		},
		"a search":                       {send(`{"query":"red shoes"}`, `{}`), "", ""},
		"a search in braces":             {send(`{"query":"{}"}`, `{}`), "", ""},
		"a query that is an object":      {send(`{"query":{"match":{}}}`, `{}`), "", ""},
		"a search with a hash":           {send(`{"query":"red shoes","hash":"ab"}`, `{}`), "", ""},
		"a payment":                      {send(`{"method":"card","amount":1}`, `{}`), "", ""},
		"a payment with an id":           {send(`{"method":"card","params":{},"id":1,"amount":1}`, `{}`), "", ""},
		"a list that is not a batch":     {send(`[`+rpc("a", "")+`,{}]`, `[]`), "", ""},
		"an empty list":                  {send(`[]`, `[]`), "", ""},
		"a record named by an operation": {send(`{"operationName":"x","id":1}`, `{}`), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := FromEntry(&c.call, Options{})
			if err := w.Validate(); err != nil {
				t.Fatal(err)
			}
			if got := actionsText(w.Request); got != c.request {
				t.Errorf("the request is of %q, want %q", got, c.request)
			}
			if got := actionsText(w.Response); got != c.response {
				t.Errorf("the response is of %q, want %q", got, c.response)
			}
		})
	}
}

func actionsText(b *Body) string {
	if b == nil {
		return ""
	}
	var all []string
	for _, a := range b.Actions {
		name := a.Name
		if a.Fields {
			name = "{" + name + "}"
		}
		text := fmt.Sprintf("%s %s %s %d", a.Protocol, name, a.Type, a.Count)
		if a.Failed {
			text += " failed"
		}
		all = append(all, text)
	}
	text := strings.Join(all, ", ")
	if b.Batch {
		text = "batch " + text
	}
	return text
}

// Neither a query nor what it is about leaves.
func TestActionsHoldNoValues(t *testing.T) {
	t.Parallel()
	for _, request := range []string{
		document(`query GetUser($v: String = "canary") { user(name: "canary", as: canary1) { canary } }`, `"variables":{"v":"canary"}`),
		`[{"jsonrpc":"2.0","method":"get","params":["canary"],"id":"canary"}]`,
	} {
		e := exchange("POST", "/x", request, `[{"jsonrpc":"2.0","result":"canary","id":"canary"}]`)
		w := FromEntry(&e, Options{})
		line, err := AppendLine(nil, &w)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(line), "canary") || len(w.Request.Actions) != 1 {
			t.Errorf("%s leaves as %s", request, line)
		}
	}
}
