package endpoints

import (
	"slices"
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/har"
	"akita/internal/witness"
)

func TestWordsOf(t *testing.T) {
	t.Parallel()
	e := har.Entry{
		Latency: -1,
		Request: har.Request{
			Method: "POST", URL: "http://a.test/orders/7?Page=2",
			Body: &har.Body{MediaType: "application/json", Text: `{"note":"x","lines":[{"sku":1.5}]}`},
		},
		Response: har.Response{Status: 201, Size: -1, Body: &har.Body{
			MediaType: "application/json",
			Text:      `{"id":"0f8fad5b-d9cb-469f-a165-70867728950e","gone":null,"ok":true}`,
		}},
		Akita: har.Akita{Known: true, Route: "orders/{pk}", View: "shop.Orders"},
	}
	w := witness.FromEntry(&e, witness.Options{})
	m := apimodel.New()
	m.Add(&w)
	for r := range m.Routes() {
		got := strings.Fields(string(wordsOf(r.Operation)))
		want := []string{
			"field:gone", "field:id", "field:lines", "field:note", "field:ok", "field:sku",
			"format:uuid", "media:application/json", "parameter:page", "parameter:pk",
			"type:array", "type:boolean", "type:integer", "type:null", "type:number", "type:object", "type:string",
			"view:shop.orders",
		}
		if !slices.Equal(got, want) {
			t.Errorf("the words are\n%q, want\n%q", got, want)
		}
	}
}

func TestTerms(t *testing.T) {
	t.Parallel()
	const path = "/users/{userid}"
	of := words("field:email\nformat:uuid\ntype:string\nview:shop.users\n")
	for search, want := range map[string]bool{
		"":                          true,
		"EMAIL":                     true,
		"users email":               true,
		"users phone":               false,
		"field:mail":                true,
		"field:uuid":                false,
		"format:uuid type:string":   true,
		"path:users":                true,
		"path:email":                false,
		"view:shop.users":           true,
		"other:uuid":                false, // a kind that does not exist is part of the word
		"parameter:email":           false,
		"email\nuuid":               true, // two words
		"string view":               false,
		"field:email format:string": false,
	} {
		if got := termsOf(search).match(path, of); got != want {
			t.Errorf("%q matches: %t, want %t", search, got, want)
		}
	}
}
