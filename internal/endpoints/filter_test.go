package endpoints_test

import (
	"slices"
	"strings"
	"testing"

	"akita/internal/endpoints"
	"akita/internal/har"
)

func TestFilter(t *testing.T) {
	t.Parallel()
	onHost := func(host string) func(*har.Entry) {
		return func(e *har.Entry) { e.Request.URL = strings.Replace(e.Request.URL, "a.test", host, 1) }
	}
	set := model([]har.Entry{
		call("/users", 200, `{}`, header("Authorization", "Bearer opaque")),
		call("/users", 422, `{}`, sends(`{}`)),
		call("/orders", 200, `{}`, onHost("b.test"), header("X-Api-Key", "1")),
		call("/orders", 503, `{}`, onHost("b.test"), header("X-Api-Key", "1")),
	})
	const get, post, orders = "GET a.test/users", "POST a.test/users", "GET b.test/orders"
	tests := map[string]struct {
		filter endpoints.Filter
		want   []string
	}{
		"empty":                    {endpoints.Filter{}, []string{orders, get, post}},
		"a method in any case":     {endpoints.Filter{Methods: []string{"post"}}, []string{post}},
		"one of two methods":       {endpoints.Filter{Methods: []string{"PUT", "GET"}}, []string{orders, get}},
		"a host in any case":       {endpoints.Filter{Hosts: []string{"B.test"}}, []string{orders}},
		"a type of authentication": {endpoints.Filter{Auth: []string{"bearer"}}, []string{get}},
		"without authentication":   {endpoints.Filter{Auth: []string{endpoints.NoAuth}}, []string{post}},
		"a status":                 {endpoints.Filter{Statuses: []string{"422"}}, []string{post}},
		"a class of statuses":      {endpoints.Filter{Statuses: []string{"5xx", "3XX"}}, []string{orders}},
		"part of a path":           {endpoints.Filter{Path: "USER"}, []string{get, post}},
		"all of several conditions": {
			endpoints.Filter{Path: "s", Methods: []string{"GET"}, Statuses: []string{"2xx"}, Hosts: []string{"a.test"}},
			[]string{get},
		},
		"nothing matches":              {endpoints.Filter{Path: "invoices"}, nil},
		"a word of a path":             {endpoints.Filter{Search: "user"}, []string{get, post}},
		"a word that was seen":         {endpoints.Filter{Search: "Json  orders"}, []string{orders}},
		"a word of a kind and a field": {endpoints.Filter{Search: "type:object", Statuses: []string{"422"}}, []string{post}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var matching, listed []string
			for e := range set.Matching(test.filter) {
				matching = append(matching, e.Method+" "+e.Host+e.Path)
			}
			for _, e := range set.Overview(test.filter).Endpoints {
				listed = append(listed, e.Method+" "+e.Host+e.Path)
			}
			if !slices.Equal(matching, test.want) || !slices.Equal(listed, test.want) {
				t.Errorf("%q match and %q are listed, want %q", matching, listed, test.want)
			}
		})
	}
}
