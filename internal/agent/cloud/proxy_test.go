package cloud_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"akita/internal/agent/cloud"
)

func TestFailingProxyIsNamed(t *testing.T) {
	t.Parallel()
	refusing := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusProxyAuthRequired)
	})
	nothing := "http://" + freeAddress(t)
	for name, c := range map[string]struct{ proxy, server, want string }{
		"nothing listens": {
			nothing, "https://akita.example.com", "nothing listens at the proxy " + nothing + "; correct HTTPS_PROXY",
		},
		"nothing listens, for HTTP": {
			nothing, "http://akita.example.com", "nothing listens at the proxy " + nothing + "; correct HTTPS_PROXY, HTTP_PROXY",
		},
		"it refuses": {
			refusing, "https://akita.example.com",
			"the proxy " + refusing + " does not connect to it (407 Proxy Authentication Required); correct HTTPS_PROXY",
		},
		"it refuses, for HTTP": {
			refusing, "http://akita.example.com",
			"407 Proxy Authentication Required: this does not come from an Akita server; the proxy " + refusing,
		},
		"an unknown name": {
			"http://proxy.invalid", "https://akita.example.com", "the name of the proxy http://proxy.invalid cannot be resolved",
		},
		"a password": {
			strings.Replace(nothing, "://", "://user:canary@", 1), "https://akita.example.com", "the proxy http://user:xxxxx@",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, log := throughProxy(t, c.proxy, c.server)
			_, err := client.Heartbeat(t.Context(), nil)
			if err == nil || cloud.VerdictOn(err) != cloud.Retry {
				t.Errorf("got %v", err)
			}
			if got := log.String(); !strings.Contains(got, c.want) || strings.Contains(got, "canary") {
				t.Errorf("the log is %s, want %q", got, c.want)
			}
			if health := client.Health(); !strings.Contains(health.LastError, c.want) {
				t.Errorf("the last error is %q", health.LastError)
			}
		})
	}
}

func throughProxy(t *testing.T, proxy, server string) (*cloud.Client, *bytes.Buffer) {
	t.Helper()
	proxyURL, err := url.Parse(proxy)
	serverURL, serverErr := url.Parse(server)
	if err = errors.Join(err, serverErr); err != nil {
		t.Fatal(err)
	}
	httpClient := cloud.NewHTTPClient()
	httpClient.Transport.(*http.Transport).Proxy = http.ProxyURL(proxyURL)
	t.Cleanup(httpClient.CloseIdleConnections)
	log := &bytes.Buffer{}
	return cloud.New(cloud.Config{
		Server: serverURL, HTTPClient: httpClient, Now: func() time.Time { return now },
		Logger: slog.New(slog.NewTextHandler(log, nil)),
	}), log
}

// A server that cannot be reached without a proxy is not blamed on one.
func TestNoProxy(t *testing.T) {
	t.Parallel()
	client, log := client(t, "http://"+freeAddress(t))
	if _, err := client.PollTraces(context.Background(), "shop", nil, 0); err == nil {
		t.Error("nothing listens, but it succeeds")
	}
	if got := log.String(); strings.Contains(got, "proxy") {
		t.Errorf("the log is %s", got)
	}
}
