package cli

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"akita/internal/toolbox"
)

// callRemote calls a tool of a server that answers with handler.
func callRemote(t *testing.T, handler http.HandlerFunc, project string) (string, error) {
	t.Helper()
	server := httptest.NewServer(handler)
	defer server.Close()
	return callAt(t, server.URL, project)
}

func callAt(t *testing.T, url, project string) (string, error) {
	t.Helper()
	variables := map[string]string{"AKITA_SERVER": url, "AKITA_API_KEY_ID": "apk_1", "AKITA_API_KEY_SECRET": " secret\n"}
	cmd := &cobra.Command{}
	cmd.Flags().String("server", "", "")
	remote := remoteProject{project: project}
	call, err := remote.caller(cmd, Process{Getenv: func(name string) string { return variables[name] }})
	if err != nil {
		t.Fatal(err)
	}
	return call(t.Context(), "get_endpoint", []byte(`{"endpoint":"GET /a"}`))
}

func TestRemoteToolsAreCalled(t *testing.T) {
	t.Parallel()
	for result, want := range map[string]struct {
		text    string
		problem bool
	}{
		`{"content":[{"type":"text","text":"an answer"}]}`:              {"an answer", false},
		`{"content":[{"type":"text","text":"do this"}],"isError":true}`: {"do this", true},
	} {
		text, err := callRemote(t, func(w http.ResponseWriter, r *http.Request) {
			id, secret, _ := r.BasicAuth()
			if id != "apk_1" || secret != "secret" || r.URL.RequestURI() != "/mcp?project=a+shop" {
				t.Errorf("%s with %s:%s", r.URL.RequestURI(), id, secret)
			}
			_, _ = fmt.Fprintf(w, `{"jsonrpc":"2.0","id":1,"result":%s}`, result)
		}, "a shop")
		if problem, _ := err.(toolbox.Problem); want.problem { //nolint:errorlint // it is not wrapped
			text = problem.Error()
		} else if err != nil {
			t.Error(err)
		}
		if text != want.text {
			t.Errorf("got %q, want %q", text, want.text)
		}
	}
}

func TestRemoteThatFails(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"a key is refused": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusForbidden)
			_, _ = w.Write([]byte(`{"detail":"The API key is revoked."}`))
		}, "The Akita server refuses the call (status 403): The API key is revoked."},
		"a proxy answers": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadGateway)
			_, _ = w.Write([]byte("no\nroute"))
		}, `The Akita server refuses the call (status 502): no\nroute`},
		"an error of the protocol": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"unknown tool"}}`))
		}, "call tool get_endpoint: unknown tool"},
		"no JSON": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`<html>`))
		}, "call tool get_endpoint: decode the answer: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := callRemote(t, test.answer, ""); err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}

func TestRemoteThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	_, err := callAt(t, server.URL, "")
	want := "The Akita server at " + server.URL + " does not answer: ask the user to start it, or to correct --server."
	if err != toolbox.Problem(want) { //nolint:errorlint // it is not wrapped
		t.Errorf("error %v", err)
	}
}
