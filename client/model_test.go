package client_test

import (
	"net/http"
	"net/url"
	"reflect"
	"testing"

	"akita/client"
)

func TestFilterBecomesQueryParameters(t *testing.T) {
	t.Parallel()
	var got url.Values
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.URL.Query()
		answer(w, "application/json", http.StatusOK, `{}`)
	}, client.Config{})
	for _, test := range []struct {
		filter client.Filter
		want   url.Values
	}{
		{client.Filter{}, url.Values{}},
		{client.Filter{From: "-24h", To: "2026-01-31T14:00:00Z"}, url.Values{"from": {"-24h"}, "to": {"2026-01-31T14:00:00Z"}}},
		{client.Filter{Methods: []string{"GET", "PUT"}}, url.Values{"method": {"GET", "PUT"}}},
		{
			client.Filter{Trace: "t", Auth: []string{"none"}, Statuses: []string{"4xx"}, Hosts: []string{"a"}, Path: "/x?"},
			url.Values{"trace": {"t"}, "auth": {"none"}, "status": {"4xx"}, "host": {"a"}, "path": {"/x?"}},
		},
		{client.Filter{Search: "field:email uuid"}, url.Values{"q": {"field:email uuid"}}},
	} {
		if _, err := c.Model(t.Context(), "shop", test.filter); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%+v: sent %v, want %v", test.filter, got, test.want)
		}
	}
}
