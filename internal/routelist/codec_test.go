package routelist_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"akita/internal/routelist"
)

func TestEncodingDoesNotDependOnOrder(t *testing.T) {
	t.Parallel()
	entries := []routelist.Entry{entry("GET", "a/", "v"), entry("POST", "a/", "v"), entry("GET", "b/<int:pk>/", "w")}
	want, err := routelist.New(entries, false).Encode()
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(entries)
	got, err := routelist.New(append(entries, entries...), false).Encode()
	if err != nil || string(got) != string(want) || routelist.Hash(got) != routelist.Hash(want) {
		t.Errorf("got  %s\nwant %s, error %v", got, want, err)
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	many := strings.Repeat(`{"method":"GET","path":"/a"},`, routelist.MaxRoutes) + `{"method":"GET","path":"/a"}`
	for name, test := range map[string]struct {
		text string
		want error
	}{
		"no JSON":            {"routes", routelist.ErrMalformed},
		"an unknown member":  {`{"routes":[{"method":"GET","path":"/a","docstring":"canary"}]}`, routelist.ErrMalformed},
		"another root":       {`[]`, routelist.ErrMalformed},
		"no method":          {`{"routes":[{"path":"/a"}]}`, routelist.ErrMalformed},
		"no slash":           {`{"routes":[{"method":"GET","path":"a"}]}`, routelist.ErrMalformed},
		"a control":          {`{"routes":[{"method":"GET","path":"/a\u0007"}]}`, routelist.ErrMalformed},
		"too many variants":  {`{"routes":[{"method":"GET","path":"/a","also":["` + strings.Repeat(`/b","`, 16) + `/c"]}]}`, routelist.ErrMalformed},
		"too many routes":    {`{"routes":[` + many + `]}`, routelist.ErrTooLarge},
		"more than MaxBytes": {strings.Repeat(" ", routelist.MaxBytes+1), routelist.ErrTooLarge},
	} {
		_, err := routelist.Decode([]byte(test.text))
		if !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", name, err, test.want)
		}
		if err != nil && strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: the error has a text of the list: %v", name, err)
		}
	}
}

// FuzzList checks that a list of any reported routes can be sent: it is what the server reads.
func FuzzList(f *testing.F) {
	f.Add("GET", "api/users/<int:pk>/", "shop.views.Users")
	f.Add("*", `^(?:a/)?(?P<b>\w+)/(c|d)/$`, "")
	f.Add("post", "/items/{id:int}", "main.item")
	f.Fuzz(func(t *testing.T, method, route, view string) {
		list := routelist.New([]routelist.Entry{entry(method, route, view), entry("GET", route, "v"), entry(method, "a/", view)}, false)
		text, err := list.Encode()
		if err != nil {
			t.Fatal(err)
		}
		got, err := routelist.Decode(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if !reflect.DeepEqual(got, list) {
			t.Fatalf("\ngot  %+v\nwant %+v", got, list)
		}
	})
}

// FuzzDecode checks that what is read can be written and read again.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"routes":[{"method":"GET","path":"/a/{b}","also":["/a"],"tail":true,"view":"v"}],"truncated":true}`))
	f.Add([]byte(`{"routes":[{"method":"*","path":"^[a-z]+$","opaque":true},{"method":"GET","path":"/"}]}`))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		list, err := routelist.Decode(text)
		if err != nil {
			return
		}
		encoded, err := list.Encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := routelist.Decode(encoded)
		if err != nil {
			t.Fatalf("%s: %v", encoded, err)
		}
		second, err := again.Encode()
		if err != nil || string(second) != string(encoded) {
			t.Fatalf("%s became %s: %v", encoded, second, err)
		}
	})
}
