package witness_test

import (
	"cmp"
	"testing"

	"akita/internal/har"
	"akita/internal/witness"
)

func TestAddressOf(t *testing.T) {
	t.Parallel()
	withHost := []har.Pair{{Name: "Host", Value: "Shop.test:8000"}}
	tests := map[string]struct {
		request har.Request
		want    witness.Address
	}{
		"a host": {
			har.Request{URL: "https://API.shop.test/v1/users?x=1"},
			witness.Address{Host: "api.shop.test", Name: "api.shop.test", Port: "443", Path: "/v1/users"},
		},
		"a port": {
			har.Request{URL: "http://localhost:8000/a%20b"},
			witness.Address{Host: "localhost:8000", Name: "localhost", Port: "8000", Path: "/a b", Escaped: "/a%20b"},
		},
		"the port of the scheme": {
			har.Request{URL: "https://shop.test:443"},
			witness.Address{Host: "shop.test", Name: "shop.test", Port: "443", Path: "/"},
		},
		"an address": {
			har.Request{URL: "http://10.0.0.7:8000/"},
			witness.Address{Host: "ip:8000", Name: "10.0.0.7", Port: "8000", Path: "/"},
		},
		"an address in brackets": {
			har.Request{URL: "http://[2001:db8::7]:8000/"},
			witness.Address{Host: "ip:8000", Name: "2001:db8::7", Port: "8000", Path: "/"},
		},
		"a header":                {har.Request{URL: "/users", Headers: withHost}, witness.Address{Host: "shop.test:8000", Name: "shop.test", Port: "8000", Path: "/users"}},
		"a name with a full stop": {har.Request{URL: "http://shop.test./%zz"}, witness.Address{Host: "shop.test.", Name: "shop.test", Port: "80", Path: "/%zz"}},
		"no host":                 {har.Request{URL: "/users"}, witness.Address{Path: "/users"}},
	}
	for name, test := range tests {
		test.want.Escaped = cmp.Or(test.want.Escaped, test.want.Path)
		if got := witness.AddressOf(&har.Entry{Request: test.request}); got != test.want {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
}

func TestSplitPort(t *testing.T) {
	t.Parallel()
	for host, want := range map[string][2]string{
		"a.test": {"a.test", ""}, "a.test:80": {"a.test", "80"}, "a.test:x": {"a.test:x", ""},
		"::1": {"::1", ""}, "[::1]": {"::1", ""}, "[::1]:80": {"::1", "80"}, "": {"", ""},
	} {
		if name, port := witness.SplitPort(host); name != want[0] || port != want[1] {
			t.Errorf("%q is %q and %q, want %q", host, name, port, want)
		}
	}
}
