package cli

import (
	"strings"
	"testing"

	"akita/internal/endpoints"
)

func TestHostsNote(t *testing.T) {
	t.Parallel()
	a := endpoints.Host{Name: "a.test", API: 1, Requests: 20, Endpoints: 3}
	b := endpoints.Host{Name: "b.test", API: 1, Requests: 2, Endpoints: 1}
	c := endpoints.Host{Name: "c.test", API: 2, Requests: 1, Endpoints: 1}
	cdn := endpoints.Host{Name: "cdn.test", Browser: 9}
	tests := map[string]struct {
		hosts  []endpoints.Host
		chosen selection
		want   string
	}{
		"no host":                 {},
		"one host":                {hosts: []endpoints.Host{a}},
		"one host beside files":   {hosts: []endpoints.Host{a, cdn}},
		"one API under two hosts": {hosts: []endpoints.Host{a, b, cdn}, want: "2 hosts answer alike and are one API: a.test (20 calls) = b.test (2 calls); to leave one out, add --exclude-host b.test\n"},
		"two APIs":                {hosts: []endpoints.Host{a, c}, want: "the calls went to several APIs: a.test (20 calls), c.test (1 call); for one of them, add --host a.test\n"},
		"two APIs, one under two": {hosts: []endpoints.Host{a, b, c}, want: "the calls went to several APIs: a.test (20 calls) = b.test (2 calls), c.test (1 call); for one of them, add --host a.test\n"},
		"two APIs, one chosen":    {hosts: []endpoints.Host{a, c}, chosen: selection{hosts: []string{"*.test"}}},
		"unknown hosts first":     {hosts: []endpoints.Host{{API: 1, Requests: 9}, {Name: "*", API: 3, Requests: 3}}, want: "the calls went to several APIs: an unknown host (9 calls), * (3 calls); for one of them, add --host NAME\n"},
		"a host left out":         {hosts: []endpoints.Host{a, c}, chosen: selection{excluded: []string{"b.test"}}, want: "the calls went to several APIs: a.test (20 calls), c.test (1 call); for one of them, add --host a.test\n"},
	}
	for name, test := range tests {
		if got := hostsNote(test.hosts, &test.chosen); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestWriteHosts(t *testing.T) {
	t.Parallel()
	a := endpoints.Host{Name: "a.test", API: 1, Requests: 20, Endpoints: 3}
	tests := map[string]struct {
		hosts []endpoints.Host
		want  string
	}{
		"none":    {nil, ""},
		"unknown": {[]endpoints.Host{{API: 1}}, ""},
		"one":     {[]endpoints.Host{a}, "host: a.test\n"},
		"several": {
			[]endpoints.Host{a, {API: 2, Requests: 1, Endpoints: 1}, {Name: "cdn.test", Browser: 9}},
			"\nHOST      API  ENDPOINTS  REQUESTS  BROWSER\na.test    1    3          20        0\n" +
				"-         2    1          1         0\ncdn.test  -    0          0         9\n",
		},
	}
	for name, test := range tests {
		var out strings.Builder
		if err := writeHosts(&out, test.hosts); err != nil || out.String() != test.want {
			t.Errorf("%s: got %q, %v, want %q", name, out.String(), err, test.want)
		}
	}
}
