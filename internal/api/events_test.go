package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// listener reads an event stream.
type listener struct {
	t    *testing.T
	stop context.CancelFunc
	done chan struct{} // closed when the stream has ended

	mu     sync.Mutex
	header http.Header
	status int
	text   string
}

func (l *listener) Header() http.Header { return l.header }

func (l *listener) WriteHeader(status int) { l.status = status }

func (l *listener) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text += string(b)
	return len(b), nil
}

func (l *listener) Flush() {}

// take waits until all goroutines in the bubble are blocked and returns the names
// of the events since the last call, with ":" for a comment.
func (l *listener) take() string {
	synctest.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	var names []string
	for line := range strings.Lines(l.text) {
		switch line = strings.TrimSuffix(line, "\n"); {
		case strings.HasPrefix(line, "event: "):
			names = append(names, strings.TrimPrefix(line, "event: "))
		case strings.HasPrefix(line, ":"):
			names = append(names, ":")
		case line != "" && line != "data: {}" && line != "retry: 1000":
			l.t.Errorf("unknown line %q", line)
		}
	}
	l.text = ""
	return strings.Join(names, " ")
}

func (l *listener) ended() bool {
	synctest.Wait()
	select {
	case <-l.done:
		return true
	default:
		return false
	}
}

// listen opens the event stream of a project until the test ends.
func (c *client) listen(t *testing.T, project string) *listener {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	l := &listener{t: t, stop: stop, done: make(chan struct{}), header: make(http.Header)}
	r := c.request("GET", "/api/v1/projects/"+project+"/events", "").WithContext(ctx)
	go func() {
		defer close(l.done)
		c.api.ServeHTTP(l, r)
	}()
	t.Cleanup(func() {
		stop()
		<-l.done
	})
	if got := l.take(); got != "daemons traces model declaration" {
		t.Fatalf("at first %q, want one event of each name", got)
	}
	return l
}

const promptly = 100 * time.Millisecond

func (f *fixture) beat(daemon *client, project string) {
	f.t.Helper()
	clients := fmt.Sprintf(`[{"project":%q,"name":"web.1","last_seen":"2025-11-22T12:00:00Z"}]`, project)
	body := `{"name":"heroku","version":"1","clients":` + clients + `}`
	daemon.post("/api/v1/agent/heartbeat", body).want(http.StatusOK)
}

func TestEvents(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(f *fixture, daemon *client)
		want   string
	}{
		"trace starts": {change: func(f *fixture, _ *client) { f.startTrace("demo", 1) }, want: "traces"},
		"heartbeat":    {change: func(f *fixture, d *client) { f.beat(d, "demo") }, want: "daemons"},
		"fold": {
			change: func(f *fixture, _ *client) { f.ModelChanged(f.projectID("demo")) },
			want:   "traces model",
		},
		"document": {
			change: func(f *fixture, _ *client) { f.DeclarationChanged(f.projectID("demo")) },
			want:   "declaration",
		},
		"other's daemon": {change: func(f *fixture, d *client) { f.beat(d, "other") }, want: "daemons"},
		"log-in":         {change: func(f *fixture, _ *client) { f.user() }, want: ""},
		"other project": {
			change: func(f *fixture, _ *client) {
				f.startTrace("other", 1)
				f.ModelChanged(f.projectID("other"))
			},
			want: "",
		},
		"all at once": {
			change: func(f *fixture, d *client) {
				f.beat(d, "demo")
				f.startTrace("demo", 1)
				f.ModelChanged(f.projectID("demo"))
			},
			want: "daemons traces model",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := setup(t)
				f.project("demo")
				f.project("other")
				daemon := f.daemon()
				l := f.user().listen(t, "demo")
				tc.change(f, daemon)
				time.Sleep(promptly)
				if got := l.take(); got != tc.want {
					t.Errorf("events %q, want %q", got, tc.want)
				}
			})
		})
	}
}

func (f *fixture) projectID(name string) string {
	f.t.Helper()
	p, err := f.store.Project(f.t.Context(), name)
	if err != nil {
		f.t.Fatal(err)
	}
	return p.ID
}

func TestManyChangesShareEvents(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		f.project("demo")
		l := f.user().listen(t, "demo")
		projectID := f.projectID("demo")
		for range 1000 {
			f.ModelChanged(projectID)
		}
		time.Sleep(promptly)
		got := l.take()
		if events := strings.Count(got, "model"); events < 1 || events > 2 {
			t.Errorf("%d events after 1000 changes, want 1 or 2: %q", events, got)
		}
	})
}

func TestEventsWithoutRequests(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		f.project("demo")
		daemon := f.daemon()
		f.beat(daemon, "demo")
		begin := time.Now()
		time.Sleep(10 * time.Second)
		trace := f.startTrace("demo", 1)
		l := f.user().listen(t, "demo")
		for _, tc := range []struct {
			at   time.Duration
			want string
		}{
			{unhealthyAfter, "daemons"},
			{goneAfter, "daemons"},
			{trace.End.Sub(begin), "traces"},
		} {
			time.Sleep(time.Until(begin.Add(tc.at)) - promptly)
			l.take()
			time.Sleep(2 * promptly)
			if got := strings.TrimSpace(strings.ReplaceAll(l.take(), ":", "")); got != tc.want {
				t.Errorf("after %v: events %q, want %q", tc.at, got, tc.want)
			}
		}
	})
}

func TestEventStreamSendsComments(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		f.project("demo")
		l := f.user().listen(t, "demo")
		time.Sleep(time.Minute)
		if got := l.take(); got != ": : : :" {
			t.Errorf("in a minute %q, want four comments", got)
		}
		if got := l.header.Get("Content-Type"); got != "text/event-stream" {
			t.Errorf("Content-Type %q", got)
		}
	})
}

func TestEventStreamEnds(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		by   func(f *fixture) *client
		end  func(f *fixture, c *client, l *listener)
		want time.Duration
	}{
		"server stops":    {(*fixture).user, func(f *fixture, _ *client, _ *listener) { f.Close() }, 0},
		"disconnect":      {(*fixture).user, func(_ *fixture, _ *client, l *listener) { l.stop() }, 0},
		"log-out":         {(*fixture).user, logOut, promptly},
		"password change": {(*fixture).user, changePassword, promptly},
		"key revoked":     {(*fixture).daemon, revokeKey, promptly},
		"session expires": {(*fixture).user, deleteSessions, eventHeartbeat},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := setup(t)
				f.project("demo")
				c := tc.by(f)
				l := c.listen(t, "demo")
				if l.ended() {
					t.Fatal("the stream has ended too early")
				}
				tc.end(f, c, l)
				time.Sleep(tc.want)
				if !l.ended() {
					t.Errorf("the stream is open after %v", tc.want)
				}
			})
		})
	}
}

func logOut(_ *fixture, c *client, _ *listener) { c.delete("/api/v1/session") }

func revokeKey(f *fixture, c *client, _ *listener) { f.user().delete("/api/v1/api-keys/" + c.key.ID) }

func changePassword(f *fixture, _ *client, _ *listener) {
	body := `{"current":"copper lantern orbit","new":"violet harbour clock"}`
	f.user().post("/api/v1/account/password", body).want(http.StatusNoContent)
}

// deleteSessions ends all sessions without a notification, as expiry does.
func deleteSessions(f *fixture, _ *client, _ *listener) {
	user, err := f.store.UserByName(f.t.Context(), adminName)
	if err != nil {
		f.t.Fatal(err)
	}
	if err := f.store.DeleteUserSessions(f.t.Context(), user.ID, [32]byte{}); err != nil {
		f.t.Fatal(err)
	}
}

func TestLogOutKeepsStreamsOfOtherSessions(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		f.project("demo")
		l := f.user().listen(t, "demo")
		f.user().delete("/api/v1/session").want(http.StatusNoContent)
		time.Sleep(promptly)
		if l.ended() {
			t.Error("the stream of another session has ended")
		}
	})
}

func TestHeadOfEventStream(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.project("demo")
	a := f.user().do("HEAD", "/api/v1/projects/demo/events", "").want(http.StatusOK)
	if got := a.Header().Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("Content-Type %q", got)
	}
}

func TestEventsOfUnknownProject(t *testing.T) {
	t.Parallel()
	setup(t).user().get("/api/v1/projects/none/events").wantProblem(codeProjectNotFound)
}
