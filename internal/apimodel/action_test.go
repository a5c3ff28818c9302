package apimodel_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/shape"
	"akita/internal/witness"
)

// rpcCall is a call of one method of JSON-RPC whose request has one field.
func rpcCall(method, field string) witness.Witness {
	return witness.Witness{Method: "POST", Template: "/rpc", Status: 200, Request: &witness.Body{
		MediaType: "application/json",
		Shape: &shape.Shape{Objs: 1, Object: &shape.Object{
			Fields: shape.Fields{{Name: field, Shape: &shape.Shape{Ints: 1}}},
		}},
		Actions: []witness.Action{{Protocol: witness.JSONRPC, Name: method, Count: 1}},
	}}
}

func bodyOf(m *apimodel.Model) *apimodel.Body {
	for route := range m.Routes() {
		return route.Operation.Accepted.Bodies["application/json"]
	}
	return nil
}

func TestActionKey(t *testing.T) {
	t.Parallel()
	for _, want := range []apimodel.ActionKey{
		{Protocol: witness.GraphQL, Name: "GetUser"},
		{Protocol: witness.GraphQL, Name: "posts.user", Fields: true},
		{Protocol: witness.JSONRPC, Failed: true},
		{Protocol: witness.JSONRPC},
	} {
		if got, ok := apimodel.ParseActionKey(want.String()); !ok || got != want {
			t.Errorf("%+v is read as %+v, %v", want, got, ok)
		}
	}
	for _, text := range []string{"", apimodel.Many, "jsonrpc"} {
		if _, ok := apimodel.ParseActionKey(text); ok {
			t.Errorf("%q is read as a key", text)
		}
	}
}

// The bodies of each action are kept apart, also those of a batch.
func TestActionsOfABody(t *testing.T) {
	t.Parallel()
	m := apimodel.New()
	for _, w := range []witness.Witness{rpcCall("get", "id"), rpcCall("add", "name"), rpcCall("get", "id")} {
		m.Add(&w)
	}
	batch := rpcCall("get", "id")
	batch.Request.Batch, batch.Request.Shape = true, &shape.Shape{Arrs: 1, Items: batch.Request.Shape}
	batch.Request.Actions = []witness.Action{
		{Protocol: witness.JSONRPC, Name: "get", Count: 3, Shape: &shape.Shape{Objs: 3}},
		{Protocol: witness.GraphQL, Name: "get", Type: "query", Count: 1, Shape: &shape.Shape{Objs: 1}},
	}
	m.Add(&batch)
	b := bodyOf(m)
	got := make(map[string]uint64)
	for key, a := range b.Actions {
		k, _ := apimodel.ParseActionKey(key)
		got[string(k.Protocol)+" "+k.Name] = a.Count
	}
	want := map[string]uint64{"jsonrpc get": 5, "jsonrpc add": 1, "graphql get": 1}
	if !reflect.DeepEqual(got, want) || b.Acted != 4 || b.Batches != 1 {
		t.Errorf("got %v of %d bodies with %d batches, want %v", got, b.Acted, b.Batches, want)
	}
}

// The first actions by name are kept apart, and the others are one and counted, in any order and
// grouping.
func TestActionsOverTheirLimit(t *testing.T) {
	t.Parallel()
	var calls []witness.Witness
	for i := range 3 * apimodel.MaxActions {
		calls = append(calls, rpcCall(fmt.Sprintf("method%03d", i), fmt.Sprintf("field%d", i%3)))
	}
	sum := func(calls []witness.Witness) *apimodel.Model {
		m := apimodel.New()
		for i := range calls {
			m.Add(&calls[i])
		}
		return m
	}
	want, err := sum(calls).MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		random.Shuffle(len(calls), func(i, j int) { calls[i], calls[j] = calls[j], calls[i] })
		cut := random.IntN(len(calls))
		m := sum(calls[:cut])
		m.Merge(sum(calls[cut:]))
		got, err := m.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Fatalf("another order and grouping, cut at %d, give another model", cut)
		}
	}
	read, err := apimodel.Unmarshal(want)
	if err != nil {
		t.Fatal(err)
	}
	b := bodyOf(read)
	if n := len(b.Actions); n != apimodel.MaxActions+1 {
		t.Errorf("%d actions are kept apart, want %d and the rest", n, apimodel.MaxActions)
	}
	if rest := b.Actions[apimodel.Many]; rest == nil || rest.Count != 2*apimodel.MaxActions || rest.Shape.Objs != rest.Count {
		t.Errorf("the rest is %+v, want %d calls", rest, 2*apimodel.MaxActions)
	}
	for _, name := range []string{"method000", "method063"} {
		key := apimodel.ActionKey{Protocol: witness.JSONRPC, Name: name}
		if a := b.Actions[key.String()]; a == nil || a.Count != 1 {
			t.Errorf("%s is %+v, want one call", name, a)
		}
	}
}
