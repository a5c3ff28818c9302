package cloud_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"go.uber.org/goleak"

	"akita/internal/agent/cloud"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// client returns a client of the server at base, and its log.
func client(t *testing.T, base string) (*cloud.Client, *bytes.Buffer) {
	t.Helper()
	server, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	httpClient := cloud.NewHTTPClient()
	t.Cleanup(httpClient.CloseIdleConnections)
	log := &bytes.Buffer{}
	return cloud.New(cloud.Config{
		Server: server, KeyID: "apk_id", KeySecret: "canary-secret", Daemon: "laptop", Instance: "i1", Version: "v1",
		HTTPClient: httpClient, Now: func() time.Time { return now },
		Logger: slog.New(slog.NewTextHandler(log, nil)),
	}), log
}

func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// A proxy, or another program on the port, may answer 200 to any request. The daemon must
// not delete witnesses because of it.
func TestSuccessOfAnotherProgramIsAnError(t *testing.T) {
	t.Parallel()
	calls := map[string]func(c *cloud.Client) error{
		"poll": func(c *cloud.Client) error {
			_, err := c.PollTraces(context.Background(), "shop", nil, 0)
			return err
		},
		"bundle": func(c *cloud.Client) error {
			return c.PutBundle(context.Background(), "svc_1", "lrn_1", "bdl_1", nil, []byte("payload"))
		},
	}
	for operation, call := range calls {
		for name, body := range map[string]string{
			"nothing":         "",
			"a log-in page":   "<h1>Please log in</h1>",
			"another API":     `{"status":"ok"}`,
			"an empty object": "{}",
			"null":            "null",
		} {
			t.Run(operation+", "+name, func(t *testing.T) {
				t.Parallel()
				client, _ := client(t, serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }))
				if err := call(client); err == nil || cloud.VerdictOn(err) != cloud.Retry {
					t.Errorf("error is %v, want one to retry on", err)
				}
			})
		}
	}
}
