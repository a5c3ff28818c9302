package reports_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"akita/internal/agent/cloud"
	"akita/internal/agent/reports"
	"akita/internal/routelist"
)

// sender takes reports of routes, or answers each with the next of its errors.
type sender struct {
	errs []error
	got  []string // project and list, with the time since the start
	at   time.Time
}

func (s *sender) send(_ context.Context, r reports.Report) error {
	decoded, err := routelist.Decode(r.Content)
	if err != nil {
		return err
	}
	line := fmt.Sprintf("%s %s%s:", r.Project, r.Reported.Sub(s.at), r.Source)
	for _, r := range decoded.Routes {
		line += " " + r.Path
	}
	s.got = append(s.got, line)
	if len(s.errs) == 0 {
		return nil
	}
	err, s.errs = s.errs[0], s.errs[1:]
	return err
}

// take returns what was sent since the last call.
func (s *sender) take() []string {
	got := s.got
	s.got = nil
	return got
}

func listOf(paths ...string) routelist.List {
	var entries []routelist.Entry
	for _, path := range paths {
		entries = append(entries, routelist.Entry{Method: "GET", Route: path})
	}
	return routelist.New(entries, false)
}

// keeper is a running Keeper.
type keeper struct {
	*reports.Keeper
	t    *testing.T
	log  bytes.Buffer
	stop func()
}

func open(t *testing.T, dir string, s *sender) *keeper {
	t.Helper()
	k := &keeper{t: t}
	var err error
	k.Keeper, err = reports.Open(reports.Config{
		Dir: dir, Kind: "routes", MaxBytes: routelist.MaxBytes, Send: s.send, Now: time.Now,
		Check: func(content []byte) error {
			_, err := routelist.Decode(content)
			return err
		},
		Logger: slog.New(slog.NewTextHandler(&k.log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.at.IsZero() {
		s.at = time.Now()
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		k.Run(ctx)
	}()
	k.stop = func() {
		cancel()
		<-done
	}
	return k
}

func (k *keeper) take(project string, paths ...string) {
	k.t.Helper()
	k.takeFrom(project, "", paths...)
}

func (k *keeper) takeFrom(project, source string, paths ...string) {
	k.t.Helper()
	content, err := listOf(paths...).Encode()
	if err != nil {
		k.t.Fatal(err)
	}
	if err := k.Take(project, source, content); err != nil {
		k.t.Fatal(err)
	}
}

// want checks what was sent since the last call. Lists of several projects are
// sent at the same time, so the order is not judged.
func (s *sender) want(t *testing.T, lines ...string) {
	t.Helper()
	synctest.Wait()
	if got := s.take(); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(lines))) {
		t.Fatalf("sent %q, want %q", got, lines)
	}
}

func TestTheProcessesOfAnApplicationReportOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := new(sender)
		k := open(t, t.TempDir(), s)
		defer k.stop()
		for range 8 {
			k.take("shop", "/a")
		}
		s.want(t, "shop 0s: /a")
		k.take("SHOP", "/a")
		s.want(t)
		time.Sleep(time.Hour) // another start of the same release
		k.take("shop", "/a")
		s.want(t, "shop 1h0m0s: /a")
		k.take("shop", "/a", "/b")
		k.take("blog", "/c")
		s.want(t, "shop 1h0m0s: /a /b", "blog 1h0m0s: /c")
		k.takeFrom("shop", " by hand", "/a", "/b")
		s.want(t, "shop 1h0m0s by hand: /a /b")
	})
}

func TestListsAreSentAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, dir := new(sender), t.TempDir()
		k := open(t, dir, s)
		k.take("shop", "/a")
		s.want(t, "shop 0s: /a")
		k.Renew("Shop") // the server was restarted
		s.want(t, "shop 0s: /a")
		k.Renew("unknown")
		s.want(t)
		k.stop()

		k = open(t, dir, s) // the daemon was restarted
		s.want(t, "shop 0s: /a")
		k.stop()
	})
}

func TestListsAreKeptWhileTheServerIsAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		away := errors.New("connection refused")
		s, dir := &sender{errs: []error{away, away, away, away, away}}, t.TempDir()
		k := open(t, dir, s)
		k.take("shop", "/a")
		synctest.Wait()
		k.stop()

		k = open(t, dir, s)
		defer k.stop()
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if got := s.take(); len(got) != 6 {
			t.Errorf("%d attempts, want 6: %q", len(got), got)
		}
	})
}

func TestAListThatTheServerDoesNotWantWaits(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{
		"the project does not exist": &cloud.StatusError{Status: 404, Code: "project_not_found"},
		"the list is refused":        &cloud.StatusError{Status: 400, Code: "invalid_request"},
		"the server is older":        &cloud.StatusError{Status: 404, Code: "not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := &sender{errs: []error{err}}
				k := open(t, t.TempDir(), s)
				defer k.stop()
				k.take("shop", "/a")
				time.Sleep(time.Hour)
				s.want(t, "shop 0s: /a")
				k.Renew("shop")
				s.want(t, "shop 0s: /a")
				isRefused := strings.Contains(k.log.String(), "The server refuses what an application has reported")
				if isRefused != (name == "the list is refused") {
					t.Errorf("the log is %s", k.log.String())
				}
			})
		})
	}
}

func TestOldListsMakeRoom(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, dir := new(sender), t.TempDir()
		k := open(t, dir, s)
		for i := range 70 {
			k.take(fmt.Sprintf("p%d", i), "/a")
			time.Sleep(time.Second)
		}
		k.stop()
		files, err := os.ReadDir(dir)
		if err != nil || len(files) != 64 {
			t.Errorf("%d files, %v", len(files), err)
		}
		s.take()
		k = open(t, dir, s)
		defer k.stop()
		synctest.Wait()
		if got := s.take(); len(got) != 64 || !strings.HasPrefix(got[0], "p6 ") {
			t.Errorf("after a restart %d lists are sent: %q", len(got), got)
		}
	})
}

func TestDamagedFilesAreSkipped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, dir := new(sender), t.TempDir()
		k := open(t, dir, s)
		k.take("shop", "/a")
		s.want(t, "shop 0s: /a")
		k.stop()
		for name, text := range map[string]string{
			"0.json": "{", "1.json": `{"project":"x","list":{"routes":[{"method":"GET","path":"canary"}]}}`, "2.json.123": "half",
		} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		k = open(t, dir, s)
		s.want(t, "shop 0s: /a")
		k.stop()
		if log := k.log.String(); strings.Count(log, "\n") != 2 || strings.Contains(log, "canary") {
			t.Errorf("the log is %s", log)
		}
	})
}
