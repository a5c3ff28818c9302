package cli

import (
	"testing"

	"akita/internal/har"
	"akita/internal/witness"
)

func TestHostPattern(t *testing.T) {
	t.Parallel()
	const (
		api   = "https://api.example.com/v1"
		shop  = "http://shop.test:8000/"
		local = "http://127.0.0.1:8000/"
		ip    = "http://10.0.0.7:8000/"
		ip6   = "http://[2001:db8::7]/"
	)
	tests := map[string]struct {
		matches, others []string
	}{
		"api.example.com":      {[]string{api}, []string{shop, "https://x.api.example.com/", "https://example.com/", "/users"}},
		"API.Example.com":      {[]string{api}, nil},
		"api.example.com.":     {[]string{api}, nil},
		"api.example.com/":     {[]string{api}, nil},
		"api.example.com:443":  {[]string{api}, []string{"http://api.example.com/"}},
		"api.example.com:8443": {nil, []string{api}},
		"shop.test":            {[]string{shop, "https://shop.test/"}, []string{api}},
		"shop.test:8000":       {[]string{shop}, []string{"https://shop.test/"}},
		"*.example.com":        {[]string{api, "https://a.b.example.com/"}, []string{"https://example.com/", "https://badexample.com/"}},
		"*.test:8000":          {[]string{shop}, []string{"http://shop.test/"}},
		"localhost":            {[]string{local, "http://localhost/"}, []string{shop}},
		"127.0.0.1:8000":       {[]string{local}, []string{"http://localhost:8000/"}},
		"10.0.0.7":             {[]string{ip}, []string{local}},
		"ip:8000":              {[]string{ip}, []string{ip6}},
		"[2001:db8::7]:80":     {[]string{ip6}, []string{ip}},
		"2001:db8::7":          {[]string{ip6}, nil},
	}
	for text, test := range tests {
		p, err := parseHost("--host", text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		for want, urls := range map[bool][]string{true: test.matches, false: test.others} {
			for _, url := range urls {
				if got := p.matches(witness.AddressOf(&har.Entry{Request: har.Request{URL: url}})); got != want {
					t.Errorf("%q and %s: %t, want %t", text, url, got, want)
				}
			}
		}
	}
}

func TestParseHostRefuses(t *testing.T) {
	t.Parallel()
	const form = ` is not a host: write "api.example.com", "localhost:8000" or "*.example.com"`
	for text, want := range map[string]string{
		"https://api.test/v1": `--host takes a host, not a URL: write --host api.test instead of "https://api.test/v1"`,
		"":                    `--host ""` + form,
		"*":                   `--host "*"` + form,
		"*.":                  `--host "*."` + form,
		"api.*.test":          `--host "api.*.test"` + form,
		"api.test/v1":         `--host "api.test/v1"` + form,
	} {
		if _, err := parseHost("--host", text); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
