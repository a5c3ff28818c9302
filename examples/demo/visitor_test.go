package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// visit returns a visitor of an app that answers as handle does, and its count.
func visit(t *testing.T, handle http.HandlerFunc) (*visitor, *atomic.Int64) {
	t.Helper()
	app := httptest.NewServer(handle)
	t.Cleanup(app.Close)
	var count atomic.Int64
	v := newVisitor(app.URL, 0, &count)
	t.Cleanup(v.http.CloseIdleConnections)
	return v, &count
}

func TestCallSendsWhatTheRequestSays(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		request request
		header  string // "Name: value" that must have been sent
		body    string // that must be contained in the sent one
	}{
		{"JSON", request{json: object{"stock": 3}}, "Content-Type: application/json", `{"stock":3}`},
		{
			"a form", request{form: map[string][]string{"a": {"b c"}}},
			"Content-Type: application/x-www-form-urlencoded", "a=b+c",
		},
		{"an upload", request{upload: &upload{"Photo", "p.jpg", []byte("\xff")}}, "", `filename="p.jpg"`},
		{"a token", request{as: "bob"}, "Authorization: Token secret", ""},
		{"a CSRF token", request{csrf: true}, "X-Csrftoken: crumb", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var header http.Header
			var body string
			v, _ := visit(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/api/auth/token/" {
					fmt.Fprint(w, `{"token": "secret"}`)
					return
				}
				http.SetCookie(w, &http.Cookie{Name: "csrftoken", Value: "crumb"})
				sent, _ := io.ReadAll(r.Body)
				header, body = r.Header, string(sent)
			})
			test.request.method, test.request.path, test.request.want = "POST", "/", 200
			if err := v.all(t.Context(), request{method: "GET", path: "/", want: 200}, test.request); err != nil {
				t.Fatal(err)
			}
			if name, value, ok := strings.Cut(test.header, ": "); ok && header.Get(name) != value {
				t.Errorf("got %s %q, want %q", name, header.Get(name), value)
			}
			if !strings.Contains(body, test.body) {
				t.Errorf("got body %q, want it to contain %q", body, test.body)
			}
		})
	}
}

func TestCallCountsEachCallOnce(t *testing.T) {
	t.Parallel()
	var answered atomic.Int64
	v, count := visit(t, func(w http.ResponseWriter, r *http.Request) {
		answered.Add(1)
		if r.URL.Path == "/api/auth/token/" {
			fmt.Fprint(w, `{"token": "secret"}`)
			return
		}
		http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
	})
	moved := request{method: "GET", path: "/users", want: 301, as: "bob"}
	if err := v.all(t.Context(), moved, moved); err != nil {
		t.Fatal(err)
	}
	if count.Load() != 3 || answered.Load() != 3 { // one of them for the token
		t.Errorf("counted %d calls, and %d were answered; want 3", count.Load(), answered.Load())
	}
}

func TestCallRefusesAnotherStatus(t *testing.T) {
	t.Parallel()
	v, _ := visit(t, func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "the shop is closed", http.StatusServiceUnavailable)
	})
	err := v.all(t.Context(), request{method: "GET", path: "/api/products/", want: 200})
	want := "GET /api/products/ answered 503 instead of 200: the shop is closed"
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want an error with: %s", err, want)
	}
}
