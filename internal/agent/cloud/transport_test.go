package cloud_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"akita/internal/agent/cloud"
)

// wired returns a client whose connections are answered by far, for a synctest bubble.
func wired(t *testing.T, far func(net.Conn)) (c *cloud.Client, log *strings.Builder, hangUp func()) {
	t.Helper()
	var ends []net.Conn
	var answering sync.WaitGroup
	transport := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		near, end := net.Pipe()
		ends = append(ends, end)
		answering.Go(func() { far(end) })
		return near, nil
	}}
	log = &strings.Builder{}
	c = cloud.New(cloud.Config{
		Server: &url.URL{
			Scheme: "http",
			Host:   "akita.test",
		}, KeyID: "apk_id", KeySecret: "s", Daemon: "laptop", Version: "v1",
		HTTPClient: &http.Client{Transport: transport}, Now: time.Now,
		Logger: slog.New(slog.NewTextHandler(log, nil)),
	})
	return c, log, func() {
		transport.CloseIdleConnections()
		for _, end := range ends {
			_ = end.Close()
		}
		answering.Wait()
	}
}

// swallow reads one request.
func swallow(conn net.Conn) {
	request, err := http.ReadRequest(bufio.NewReader(conn))
	if err == nil {
		_, _ = io.Copy(io.Discard, request.Body)
	}
}

// A call ends in a bounded time on any network, its verdict is Retry, and the reason is logged.
func TestBadNetworkCostsBoundedTime(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		far  func(net.Conn)
		took time.Duration
		said string
	}{
		"it accepts and never reads": {func(net.Conn) {}, 30 * time.Second, "it does not answer in time"},
		"it reads and never answers": {swallow, 30 * time.Second, "it does not answer in time"},
		"it answers half a header": {func(conn net.Conn) {
			swallow(conn)
			_, _ = io.WriteString(conn, "HTTP/1.1 202 Acc")
		}, 30 * time.Second, "it does not answer in time"},
		"it answers half a body": {func(conn net.Conn) {
			swallow(conn)
			_, _ = io.WriteString(conn, "HTTP/1.1 202 Accepted\r\nContent-Length: 20\r\n\r\n{\"w")
		}, 30 * time.Second, "it does not answer in time"},
		"it drips": {func(conn net.Conn) {
			swallow(conn)
			_, err := io.WriteString(conn, "HTTP/1.1 202 Accepted\r\nContent-Length: 2000\r\n\r\n")
			for err == nil {
				<-time.After(time.Second)
				_, err = io.WriteString(conn, " ")
			}
		}, 30 * time.Second, "it does not answer in time"},
		"it hangs up at once": {func(conn net.Conn) { _ = conn.Close() }, 0, "trying again"},
		"it hangs up after the request": {func(conn net.Conn) {
			swallow(conn)
			_ = conn.Close()
		}, 0, "the connection broke"},
		"it hangs up within the answer": {func(conn net.Conn) {
			swallow(conn)
			_, _ = io.WriteString(conn, "HTTP/1.1 202 Accepted\r\nContent-Length: 20\r\n\r\n{\"w")
			_ = conn.Close()
		}, 0, "the connection broke"},
		"it speaks something else": {func(conn net.Conn) {
			swallow(conn)
			_, _ = io.WriteString(conn, "220 mail.example ESMTP\r\n")
			_ = conn.Close()
		}, 0, "trying again"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, log, hangUp := wired(t, c.far)
				defer hangUp()
				for range 2 {
					began := time.Now()
					err := client.PutBundle(t.Context(), "svc_1", "lrn_1", "bdl_1", nil, []byte("payload"))
					if err == nil || cloud.VerdictOn(err) != cloud.Retry {
						t.Fatalf("got %v", err)
					}
					if took := time.Since(began); took != c.took {
						t.Errorf("it took %v, want %v", took, c.took)
					}
				}
				if strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), c.said) {
					t.Errorf("log is %s, want one line with %q", log, c.said)
				}
				if health := client.Health(); health.State != cloud.Unreachable || health.LastError == "" {
					t.Errorf("health is %+v", health)
				}
			})
		})
	}
}

func TestCancelEndsACall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, log, hangUp := wired(t, swallow)
		defer hangUp()
		ctx, stop := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, stop)
		began := time.Now()
		if _, err := client.PollTraces(ctx, "shop", nil, 50*time.Second); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(began); took != time.Second || log.Len() != 0 {
			t.Errorf("it took %v, log is %s", took, log)
		}
	})
}
