package agent_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"akita/internal/agent"
)

func TestStatusWithoutDaemon(t *testing.T) {
	t.Parallel()
	other := httptest.NewServer(
		http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<h1>Welcome</h1>") }),
	)
	t.Cleanup(other.Close)
	refusing := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(refusing.Close)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for name, c := range map[string]struct{ url, want string }{
		"nothing listens":    {gone.URL, "start one with `akita daemon --name NAME`, or correct --port or --socket"},
		"a web server":       {other.URL, "but something else: correct --port"},
		"another without it": {refusing.URL, "but something else (HTTP status 404)"},
	} {
		u, err := url.Parse(c.url)
		if err != nil {
			t.Fatal(err)
		}
		port, err := strconv.Atoi(u.Port())
		if err != nil {
			t.Fatal(err)
		}
		_, err = agent.StatusClient{Listen: "127.0.0.1", Port: port}.Status(t.Context())
		if !errors.Is(err, agent.ErrNoDaemon) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
