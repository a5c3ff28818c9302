package openapi_test

import (
	"reflect"
	"slices"
	"strconv"
	"testing"

	"akita/internal/har"
	"akita/internal/openapi"
)

// Each row has the headers of four operations, and those that are parameters of the first.
func TestHeadersOfClients(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		headers []string // of all calls
		first   []string // of the first operation's
		want    []string
	}{
		"of a known generator":             {headers: []string{"X-Fern-Language", "X-Fern-SDK-Name", "X-Stainless-Lang"}},
		"of tracing":                       {headers: []string{"sentry-trace", "baggage", "traceparent", "x-datadog-trace-id", "b3"}},
		"with a word for it":               {headers: []string{"X-Acme-SDK-Version", "x-acme-user-agent"}},
		"a family that describes a client": {headers: []string{"X-Acme-Lang", "X-Acme-Runtime-Version", "X-Acme-OS"}},
		"two such headers":                 {headers: []string{"X-Acme-Lang", "X-Acme-OS"}, want: []string{"x-acme-lang", "x-acme-os"}},
		"such a family of one operation":   {first: []string{"X-Acme-Lang", "X-Acme-Runtime-Version", "X-Acme-OS"}, want: []string{"x-acme-lang", "x-acme-os", "x-acme-runtime-version"}},
		"a tenant":                         {headers: []string{"X-Tenant", "X-Tenant-Region", "X-Api-Version", "X-Client-Version"}, want: []string{"x-api-version", "x-client-version", "x-tenant", "x-tenant-region"}},
		"a family of the API":              {headers: []string{"X-Tenant-Id", "X-Tenant-Region", "X-Tenant-Plan"}, want: []string{"x-tenant-id", "x-tenant-plan", "x-tenant-region"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls []har.Entry
			for i := range 4 {
				e := call("/x"+strconv.Itoa(i)+"s", 200, "{}")
				for _, h := range c.headers {
					header(h, "a")(&e)
				}
				for _, h := range c.first {
					if i == 0 {
						header(h, "a")(&e)
					}
				}
				calls = append(calls, e)
			}
			_, document := documentOf(t, calls, openapi.Options{Plain: true})
			params, _ := at(document, "paths /x0s get parameters").([]any)
			var got []string
			for _, p := range params {
				got = append(got, p.(map[string]any)["name"].(string))
			}
			slices.Sort(got)
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("headers are %q, want %q", got, c.want)
			}
		})
	}
}
