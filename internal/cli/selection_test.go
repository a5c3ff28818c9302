package cli

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"akita/internal/har"
)

func TestSelection(t *testing.T) {
	t.Parallel()
	calls := []string{
		"https://a.test/v1/users", "https://a.test/v2/users", "https://b.test:8000/v1/users", "https://x.cdn.test/logo", "/v1/local",
	}
	const hosts = "a.test (2 calls), an unknown host (1 call), b.test:8000 (1 call), x.cdn.test (1 call)"
	tests := map[string]struct {
		selection
		kept      string // the indices of the calls that are kept
		err, note string
	}{
		"nothing chosen":               {kept: "01234"},
		"a host":                       {selection: selection{hosts: []string{"a.test"}}, kept: "01"},
		"several hosts":                {selection: selection{hosts: []string{"a.test", "b.test:8000"}}, kept: "012"},
		"a host twice":                 {selection: selection{hosts: []string{"a.test", "*.test", "A.test"}}, kept: "0123"},
		"no host of a pattern":         {selection: selection{excluded: []string{"*.cdn.test"}}, kept: "0124"},
		"a host, and not another":      {selection: selection{hosts: []string{"*.test"}, excluded: []string{"a.test"}}, kept: "23"},
		"a path":                       {selection: selection{paths: []string{"/v1"}}, kept: "024"},
		"several paths":                {selection: selection{paths: []string{"/v1", "/v2"}}, kept: "0124"},
		"a host and a path":            {selection: selection{hosts: []string{"a.test"}, paths: []string{"/v2"}}, kept: "1"},
		"an unknown host":              {selection: selection{hosts: []string{"c.test", "a.test"}}, kept: "01", err: `no call went to "c.test" (--host): the calls went to ` + hosts},
		"an unknown pattern":           {selection: selection{hosts: []string{"*.shop.test"}}, err: `no call went to "*.shop.test" (--host): the calls went to ` + hosts},
		"another port":                 {selection: selection{hosts: []string{"b.test:9000"}}, err: `no call went to "b.test:9000" (--host): the calls went to ` + hosts},
		"an unknown path":              {selection: selection{paths: []string{"/v3"}}, err: `no call has a path that starts with "/v3" (--path)`},
		"an unknown path of a host":    {selection: selection{hosts: []string{"b.test"}, paths: []string{"/v2"}}, err: `no call has a path that starts with "/v2" (--path) among the calls to the chosen hosts`},
		"all hosts left out":           {selection: selection{hosts: []string{"a.test"}, excluded: []string{"a.test"}}, err: `no call is left: --exclude-host leaves out all; the calls went to ` + hosts},
		"an unknown host to leave out": {selection: selection{excluded: []string{"c.test"}}, kept: "01234", note: `no call went to "c.test" (--exclude-host): the calls went to ` + hosts + "\n"},
		"not a host":                   {selection: selection{hosts: []string{"a.test/v1"}}, err: `--host "a.test/v1" is not a host: write "api.example.com", "localhost:8000" or "*.example.com"`},
		"not a host to leave out":      {selection: selection{excluded: []string{"*"}}, err: `--exclude-host "*" is not a host: write "api.example.com", "localhost:8000" or "*.example.com"`},
		"not a path":                   {selection: selection{paths: []string{"v1"}}, err: `--path "v1" does not start with a slash: write "/v1", "/v1/users" or "/api/*/users"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &test.selection
			err, kept := s.parse(), ""
			if err == nil {
				for i, url := range calls {
					if s.keeps(&har.Entry{Request: har.Request{Method: "GET", URL: url}}) {
						kept += fmt.Sprint(i)
					}
				}
				err = s.check()
			}
			got := ""
			if err != nil {
				got = err.Error()
			}
			if kept != test.kept || got != test.err || s.note() != test.note {
				t.Errorf("kept %q, error %q, note %q; want %q, %q, %q", kept, got, s.note(), test.kept, test.err, test.note)
			}
		})
	}
}

// A message names a few hosts only.
func TestListHosts(t *testing.T) {
	t.Parallel()
	calls := make(map[string]uint64)
	for i := range 12 {
		calls[fmt.Sprintf("h%02d.test", i)] = uint64(100 - i)
	}
	got := strings.Split(listHosts(calls), ", ")
	want := []string{"h00.test (100 calls)", "h09.test (91 calls)", "and 2 more"}
	if len(got) != 11 || !slices.Equal([]string{got[0], got[9], got[10]}, want) {
		t.Errorf("the hosts are %q", got)
	}
}
