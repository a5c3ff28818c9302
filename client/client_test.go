package client_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"akita/client"
)

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		config client.Config
		want   string
	}{
		{"no URL", client.Config{}, "must be http:// or https:// and a host"},
		{"no scheme", client.Config{URL: "localhost:8080"}, "must be http:// or https:// and a host"},
		{"no host", client.Config{URL: "http://"}, "must be http:// or https:// and a host"},
		{"another scheme", client.Config{URL: "ftp://example.com"}, "must be http:// or https:// and a host"},
		{"bad URL", client.Config{URL: "http://[::1"}, "server URL"},
		{"half a key", client.Config{URL: "http://example.com", KeyID: "apk_1"}, "its id and its secret"},
		{"the other half", client.Config{URL: "http://example.com", KeySecret: "s"}, "its id and its secret"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if _, err := client.New(test.config); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with: %s", err, test.want)
			}
		})
	}
}

func TestAPIKeyIsSentWithEachCall(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		id, secret, _ := r.BasicAuth()
		if id != "apk_1" || secret != "s3cret" {
			answer(w, "text/plain", http.StatusUnauthorized, id+":"+secret)
			return
		}
		answer(w, "application/json", http.StatusOK, `{"items": []}`)
	}, client.Config{KeyID: "apk_1", KeySecret: "s3cret"})
	if _, err := c.Projects(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestSessionCookieIsKept(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			http.SetCookie(w, &http.Cookie{Name: "akita_session", Value: "token"})
			answer(w, "application/json", http.StatusCreated, `{"username": "ada", "version": "1"}`)
			return
		}
		if cookie, err := r.Cookie("akita_session"); err != nil || cookie.Value != "token" {
			answer(w, "text/plain", http.StatusUnauthorized, "")
			return
		}
		answer(w, "application/json", http.StatusOK, `{"items": []}`)
	}, client.Config{})
	if err := c.LogIn(t.Context(), "ada", "copper lantern orbit"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Projects(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestEveryPageOfAListIsRead(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Query().Get("cursor") {
		case "":
			answer(w, "application/json", http.StatusOK, `{"items": [{"name": "one"}], "next": "a+b"}`)
		case "a+b":
			answer(w, "application/json", http.StatusOK, `{"items": [{"name": "two"}]}`)
		default:
			answer(w, "text/plain", http.StatusBadRequest, r.URL.RawQuery)
		}
	}, client.Config{})
	projects, err := c.Projects(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(projects) != 2 || projects[0].Name != "one" || projects[1].Name != "two" {
		t.Errorf("got %+v", projects)
	}
}

func TestNamesAreEscaped(t *testing.T) {
	t.Parallel()
	var got string
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.URL.EscapedPath()
		answer(w, "application/json", http.StatusOK, `{}`)
	}, client.Config{})
	for _, test := range []struct{ project, want string }{
		{"shop", "shop"},
		{"a/b", "a%2Fb"},
		{"a?b#c", "a%3Fb%23c"},
		{"ä b", "%C3%A4%20b"},
	} {
		if _, err := c.Trace(t.Context(), test.project, "t"); err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("/api/v1/projects/%s/traces/t", test.want); got != want {
			t.Errorf("%q: called %s, want %s", test.project, got, want)
		}
	}
}

func TestServerBelowAPath(t *testing.T) {
	t.Parallel()
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.URL.Path)
		answer(w, "application/json", http.StatusOK, `{}`)
	}))
	t.Cleanup(server.Close)
	c, err := client.New(client.Config{URL: server.URL + "/akita/", HTTP: server.Client()})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Ready(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := c.Projects(t.Context()); err != nil {
		t.Error(err)
	}
	if want := []string{"/akita/healthz", "/akita/api/v1/projects"}; !slices.Equal(got, want) {
		t.Errorf("called %q, want %q", got, want)
	}
}

func TestAnswerThatIsNotJSON(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		answer(w, "text/html", http.StatusOK, "<h1>Log in to the network</h1>")
	}, client.Config{})
	_, err := c.Projects(t.Context())
	if err == nil || !strings.Contains(err.Error(), "GET projects: decode the answer") {
		t.Errorf("got %v", err)
	}
}
