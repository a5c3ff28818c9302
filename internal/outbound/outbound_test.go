package outbound_test

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"akita/internal/outbound"
)

const maxBytes = 100

// site serves documents on this machine.
func site(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/document", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s %s", r.UserAgent(), r.Header.Get("If-None-Match"))
	})
	mux.HandleFunc("/large", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(strings.Repeat("x", maxBytes+1)))
	})
	mux.HandleFunc("/to", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("url"), http.StatusFound)
	})
	mux.HandleFunc("/forever", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/forever", http.StatusFound) })
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func TestGet(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	s := site(t)
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	named, address := "http://localhost:"+port, "http://127.0.0.1:"+port
	for name, c := range map[string]struct {
		url     string
		allowed []string
		want    error
	}{
		"an address of this machine":               {address + "/document", nil, outbound.ErrForbidden},
		"a name that resolves to this machine":     {named + "/document", nil, outbound.ErrForbidden},
		"an address in another form":               {"http://2130706433:" + port + "/document", nil, errAny},
		"an address as IPv6 has it":                {"http://[::ffff:127.0.0.1]:" + port + "/document", nil, outbound.ErrForbidden},
		"this host":                                {"http://0.0.0.0:" + port + "/document", nil, outbound.ErrForbidden},
		"another host is allowed":                  {named + "/document", []string{"api.internal"}, outbound.ErrForbidden},
		"its address is allowed, and not its name": {named + "/document", []string{"127.0.0.1"}, outbound.ErrForbidden},
		"its name is allowed":                      {named + "/document", []string{"LOCALHOST"}, nil},
		"its address is allowed":                   {address + "/document", []string{"127.0.0.1"}, nil},
		"a redirect to a host that is not allowed": {
			named + "/to?url=" + address + "/document", []string{"localhost"}, outbound.ErrForbidden,
		},
		"a redirect to a host that is allowed": {named + "/to?url=/document", []string{"localhost"}, nil},
		"a redirect to a file":                 {named + "/to?url=file:///etc/passwd", []string{"localhost"}, outbound.ErrAddress},
		"redirects without an end":             {named + "/forever", []string{"localhost"}, outbound.ErrRedirects},
		"a large answer":                       {named + "/large", []string{"localhost"}, outbound.ErrTooLarge},
		"a file":                               {"file:///etc/passwd", nil, outbound.ErrAddress},
		"a host that does not exist":           {"http://akita.invalid/", nil, errAny},
	} {
		t.Run(name, func(t *testing.T) {
			client := outbound.New(outbound.Config{PrivateHosts: c.allowed, UserAgent: "akita/1"})
			defer client.Close()
			answer, err := client.Get(t.Context(), c.url, http.Header{"If-None-Match": {`"1"`}}, maxBytes)
			switch {
			case errors.Is(c.want, errAny) && err != nil:
			case !errors.Is(err, c.want):
				t.Fatalf("got error %v, want %v", err, c.want)
			case err == nil && (answer.Status != 200 || string(answer.Body) != `akita/1 "1"`):
				t.Errorf("got %d %q", answer.Status, answer.Body)
			}
			if err != nil && strings.Contains(err.Error(), "127.0.0.1") {
				t.Errorf("the error names an address of the server's network: %v", err)
			}
		})
	}
}

var errAny = errors.New("any error")

func TestCheck(t *testing.T) {
	t.Parallel()
	for text, isValid := range map[string]bool{
		"https://api.example/openapi.yaml?v=1": true, "http://localhost:8000/schema": true,
		"": false, "/openapi.yaml": false, "ftp://a.example/x": false, "file:///etc/passwd": false,
		"gopher://a.example": false, "https://": false, "https://user:secret@a.example": false,
		"https://a.example/#x": false, "http://[::1": false, "javascript:alert(1)": false,
	} {
		if got := outbound.Check(text) == nil; got != isValid {
			t.Errorf("%q: got %v, want %v", text, got, isValid)
		}
	}
}
