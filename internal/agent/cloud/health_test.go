package cloud_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"akita/internal/agent/cloud"
)

// TestAnOlderServerIsNoTrouble: it does not know the routes of applications.
func TestAnOlderServerIsNoTrouble(t *testing.T) {
	t.Parallel()
	base := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"code":"not_found"}`)
	})
	client, log := client(t, base)
	err := client.PutRoutes(t.Context(), "shop", now, []byte("{}"))
	if !cloud.IsUnknownOperation(err) || cloud.VerdictOn(err) != cloud.Retry {
		t.Errorf("got %v", err)
	}
	if log.String() != "" || client.Health().State != cloud.Reachable {
		t.Errorf("the state is %s, the log %s", client.Health().State, log)
	}
	if err := client.PutBundle(t.Context(), bundle); err == nil || client.Health().State != cloud.Failing {
		t.Errorf("an upload of a bundle: %v, the state is %s", err, client.Health().State)
	}
}

// TestTroubleIsLoggedOnce leads a client through several kinds of trouble.
func TestTroubleIsLoggedOnce(t *testing.T) {
	t.Parallel()
	var answers atomic.Int64 // the status, 0 for none
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		status := int(answers.Load())
		if status == 0 {
			hangUp(t, w)
			return
		}
		if status == 503 && strings.HasSuffix(r.URL.Path, "/heartbeat") {
			_, _ = io.WriteString(w, `{"interval_seconds":30}`) // only uploads are in trouble
			return
		}
		if status == 401 {
			refuse(w)
			return
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"witnesses":1,"interval_seconds":30}`)
	})
	client, log := client(t, base)
	for _, status := range []int64{200, 0, 0, 503, 503, 200, 401, 401, 200, 200} {
		answers.Store(status)
		_, _ = client.Heartbeat(t.Context(), nil)
		_ = client.PutBundle(t.Context(), bundle)
	}
	var said []string
	for line := range strings.Lines(log.String()) {
		said = append(said, strings.SplitN(strings.SplitN(line, "msg=", 2)[1], ":", 2)[0])
	}
	for i, want := range []string{
		`"Cannot reach the server http`, `"The server http`,
		`"The server answers with an error; trying again" error="upload`,
		`"The server answers without errors again" operation=upload`,
		`"The server refuses the API key`, `"The server accepts the API key again"`,
	} {
		if i >= len(said) || strings.TrimSpace(said[i]) != want {
			t.Fatalf("line %d is not %q; all of it:\n%s", i, want, log)
		}
	}
	if len(said) != 6 {
		t.Errorf("%d lines, want 6:\n%s", len(said), log)
	}
}

func TestIntroduceDoesNotLogARefusal(t *testing.T) {
	t.Parallel()
	base := serve(t, func(w http.ResponseWriter, _ *http.Request) { refuse(w) })
	client, log := client(t, base)
	if _, err := client.Introduce(t.Context()); cloud.VerdictOn(err) != cloud.Refused {
		t.Errorf("got %v", err)
	}
	if log.Len() != 0 {
		t.Errorf("log is %s", log)
	}
}

func TestCancelledCallIsNotLogged(t *testing.T) {
	t.Parallel()
	base := serve(t, func(http.ResponseWriter, *http.Request) {})
	client, log := client(t, base)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client.PollTraces(ctx, "shop", nil, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if log.Len() != 0 {
		t.Errorf("log is %s", log)
	}
}

// refuse answers like an Akita server that does not know the API key.
func refuse(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(http.StatusUnauthorized)
	_, _ = io.WriteString(w, `{"code":"unauthenticated"}`)
}

func TestState(t *testing.T) {
	t.Parallel()
	const good = `{"interval_seconds":30,"project_id":"svc_1"}`
	for name, c := range map[string]struct {
		status int
		code   string // of problem details; "" for none
		body   string
		call   func(*cloud.Client) error
		want   cloud.State
	}{
		"a heartbeat is answered":   {200, "", good, beat, cloud.Reachable},
		"a poll is answered":        {200, "", good, poll, cloud.Reachable},
		"a page":                    {200, "", "<h1>Welcome</h1>", beat, cloud.Failing},
		"a page, for a poll":        {200, "", "<h1>Welcome</h1>", poll, cloud.Failing},
		"another JSON":              {200, "", `{"ok":true}`, beat, cloud.Failing},
		"null":                      {200, "", `null`, beat, cloud.Failing},
		"nothing":                   {204, "", "", beat, cloud.Failing},
		"not found":                 {404, "", "404", beat, cloud.Failing},
		"a request that is refused": {400, "validation_failed", "", beat, cloud.Failing},
		"an unknown project":        {404, "project_not_found", "", poll, cloud.Reachable},
		"an unknown path":           {404, "not_found", "", poll, cloud.Failing},
		"a bundle of a gone trace":  {404, "trace_not_found", "", upload, cloud.Reachable},
		"a bundle that is refused":  {400, "validation_failed", "", upload, cloud.Reachable},
		"busy":                      {503, "queue_full", "", upload, cloud.Failing},
		"the key is refused":        {401, "unauthenticated", "", poll, cloud.KeyRefused},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				if c.code != "" {
					w.Header().Set("Content-Type", "application/problem+json")
				}
				w.WriteHeader(c.status)
				if c.code != "" {
					_, _ = fmt.Fprintf(w, `{"code":%q}`, c.code)
				}
				_, _ = io.WriteString(w, c.body)
			})
			client, _ := client(t, base)
			_ = c.call(client)
			if got := client.Health(); got.State != c.want || (got.LastError != "") != (c.want != cloud.Reachable) {
				t.Errorf("got %+v, want %s", got, c.want)
			}
		})
	}
}

func beat(c *cloud.Client) error {
	_, err := c.Heartbeat(context.Background(), nil)
	return err
}

func poll(c *cloud.Client) error {
	_, err := c.PollTraces(context.Background(), "shop", nil, 0)
	return err
}

func upload(c *cloud.Client) error {
	return c.PutBundle(context.Background(), bundle)
}
