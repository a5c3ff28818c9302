package traces_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"akita/internal/agent/traces"
)

var start = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// bench is a registry with its surroundings.
type bench struct {
	*traces.Registry
	now      time.Time
	log      *bytes.Buffer
	watched  []string // services that OnService was called for
	clients  int      // calls of OnClients
	stateDir string
}

func setup(t *testing.T) *bench {
	t.Helper()
	b := &bench{now: start, log: &bytes.Buffer{}, stateDir: t.TempDir()}
	b.restart()
	return b
}

// restart makes a new registry over the same state file.
func (b *bench) restart() {
	b.Registry = traces.New(traces.Config{
		StatePath: filepath.Join(b.stateDir, "traces.json"),
		OnService: func(service string) { b.watched = append(b.watched, service) },
		OnClients: func() { b.clients++ },
		Now:       func() time.Time { return b.now },
		Logger:    slog.New(slog.NewTextHandler(b.log, &slog.HandlerOptions{ReplaceAttr: withoutTime})),
	})
}

func withoutTime(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

func (b *bench) mustRegister(t *testing.T, service, client string) {
	t.Helper()
	if err := b.Register(service, client, nil); err != nil {
		t.Fatal(err)
	}
}

func trace(n int) traces.Trace {
	return traces.Trace{
		ID:        fmt.Sprintf("lrn_%022d", n),
		Name:      fmt.Sprintf("panda-%d", n),
		ProjectID: "svc_p", End: start.Add(time.Hour), SamplingRate: 1,
	}
}

func TestTheLinesOfTheGuide(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "django-demo", "web")
	panda := traces.Trace{ID: "lrn_6EjLU2sINbfKRwmqeqQM8s", Name: "powder-blue-panda-338"}
	b.Update("django-demo", []traces.Trace{panda})
	b.Update("django-demo", []traces.Trace{panda}) // no news
	b.Update("django-demo", nil)
	want := `level=INFO msg="Activating trace powder-blue-panda-338 (lrn_6EjLU2sINbfKRwmqeqQM8s)"
level=INFO msg="Deactivating trace powder-blue-panda-338 (lrn_6EjLU2sINbfKRwmqeqQM8s)"
`
	if got := b.log.String(); got != want {
		t.Errorf("log is\n%swant\n%s", got, want)
	}
}

func TestServicesAreMatchedWithoutRegardToCase(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "Shop", "web")
	b.mustRegister(t, "SHOP", "web")
	b.Update("shop", []traces.Trace{trace(1)})
	if _, err := b.Find("sHOP", "panda-1"); err != nil {
		t.Error(err)
	}
	if fmt.Sprint(b.watched) != "[Shop]" {
		t.Errorf("watched: %v, want it once", b.watched)
	}
}

func TestViewSaysWhenItIsNoLongerTrue(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		event   func(*bench)
		changed bool
	}{
		"a trace starts":           {func(b *bench) { b.Update("shop", []traces.Trace{trace(1), trace(2)}) }, true},
		"a trace ends":             {func(b *bench) { b.Update("shop", nil) }, true},
		"nothing changes":          {func(b *bench) { b.Update("shop", []traces.Trace{trace(1)}) }, false},
		"the project is gone":      {func(b *bench) { b.Miss("shop") }, true},
		"the service is forgotten": {func(b *bench) { b.now = b.now.Add(11 * time.Minute); b.ForgetIdle("shop") }, true},
		"another service changes":  {func(b *bench) { b.Update("other", []traces.Trace{trace(3)}) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			b.mustRegister(t, "shop", "web")
			b.mustRegister(t, "other", "web")
			b.Update("shop", []traces.Trace{trace(1)})
			view, err := b.View("shop")
			if err != nil || view.Standing != traces.Known || len(view.Active) != 1 {
				t.Fatalf("view is %+v, %v", view, err)
			}
			c.event(b)
			select {
			case <-view.Changed:
				if !c.changed {
					t.Error("said to have changed")
				}
			default:
				if c.changed {
					t.Error("not said to have changed")
				}
			}
		})
	}
}

func TestEventsAreTakenWhileATraceIsOnAndAMinuteAfter(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "shop", "web")
	for name, c := range map[string]struct {
		service, trace string
		want           error
	}{
		"unknown service": {"other", "panda-1", traces.ErrUnknownService},
		"unknown trace":   {"shop", "panda-1", traces.ErrUnknownTrace},
	} {
		if _, err := b.Find(c.service, c.trace); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	b.Update("shop", []traces.Trace{trace(1)})
	b.Update("shop", nil)
	b.now = b.now.Add(59 * time.Second)
	if got, err := b.Find("shop", "panda-1"); err != nil || got.ID != trace(1).ID {
		t.Errorf("after 59 s: %+v, %v", got, err)
	}
	b.now = b.now.Add(time.Second)
	if _, err := b.Find("shop", "panda-1"); !errors.Is(err, traces.ErrUnknownTrace) {
		t.Errorf("after 60 s: %v", err)
	}
}

func TestMissingProject(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "shop", "web")
	b.Miss("shop")
	b.Miss("shop")
	if view, err := b.View("shop"); err != nil || view.Standing != traces.Missing {
		t.Errorf("view is %+v, %v", view, err)
	}
	if _, err := b.Find("shop", "panda-1"); !errors.Is(err, traces.ErrUnknownService) {
		t.Errorf("Find: %v", err)
	}
	b.Update("shop", nil)
	want := `level=WARN msg="The server has no such project: create it in the console or correct AKITA_SERVICE_NAME; trying again" project=shop
level=INFO msg="The project exists now" project=shop
`
	if got := b.log.String(); got != want {
		t.Errorf("log is\n%swant\n%s", got, want)
	}
}

func TestExpireEndsWhatIsOverByTheDaemonsClock(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "shop", "web")
	late := trace(2)
	late.End = start.Add(2 * time.Hour)
	b.Update("shop", []traces.Trace{trace(1), late})
	b.now = start.Add(time.Hour)
	b.Expire("shop")
	if view, err := b.View("shop"); err != nil || len(view.Active) != 1 || view.Active[0].ID != late.ID {
		t.Errorf("view is %+v, %v", view, err)
	}
	b.Expire("unknown") // nothing to end
}

func TestClients(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "shop", "web")
	b.mustRegister(t, "shop", "worker")
	b.mustRegister(t, "blog", "web")
	if b.clients != 3 {
		t.Errorf("OnClients was called %d times, want 3", b.clients)
	}
	b.now = b.now.Add(2 * time.Minute)
	b.mustRegister(t, "shop", "web")
	b.now = b.now.Add(time.Second)
	got := fmt.Sprint(b.Clients())
	if want := fmt.Sprint([]traces.Client{{Service: "shop", Name: "web", LastSeen: b.now.Add(-time.Second)}}); got != want {
		t.Errorf("clients are %s, want %s", got, want)
	}
	if b.clients != 3 {
		t.Errorf("OnClients was called %d times, want 3", b.clients)
	}
	b.mustRegister(t, "blog", "web")
	if b.clients != 4 {
		t.Errorf("OnClients was called %d times, want 4: it had been gone", b.clients)
	}
}

func TestForgetIdle(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "shop", "web")
	b.now = b.now.Add(10 * time.Minute)
	if b.ForgetIdle("shop") {
		t.Error("forgotten too early")
	}
	b.now = b.now.Add(time.Second)
	if !b.ForgetIdle("shop") || b.ForgetIdle("shop") {
		t.Error("it was to be forgotten once")
	}
	b.mustRegister(t, "shop", "web")
	if fmt.Sprint(b.watched) != "[shop shop]" {
		t.Errorf("watched: %v, want it again", b.watched)
	}
}

func TestNamesAreBounded(t *testing.T) {
	t.Parallel()
	for name, register := range map[string]func(b *bench, i int) error{
		"services": func(b *bench, i int) error { return b.Register(fmt.Sprint("service-", i), "web", nil) },
		"clients":  func(b *bench, i int) error { return b.Register("shop", fmt.Sprint("client-", i), nil) },
	} {
		b := setup(t)
		var err error
		for i := 0; i < 10_000 && err == nil; i++ {
			err = register(b, i)
		}
		if !errors.Is(err, traces.ErrTooMany) {
			t.Errorf("%s: %v", name, err)
		}
		if err := register(b, 0); err != nil {
			t.Errorf("%s: a known one is refused: %v", name, err)
		}
	}
}

// TestAClientsBeliefIsBounded in memory too: a request may name some thousand traces.
func TestAClientsBeliefIsBounded(t *testing.T) {
	t.Parallel()
	b := setup(t)
	if err := b.Register("shop", "web", make([]string, 2000)); err != nil {
		t.Fatal(err)
	}
	if ids := b.Clients()[0].TraceIDs; len(ids) != 16 || cap(ids) > 32 {
		t.Errorf("%d are kept, in the room of %d", len(ids), cap(ids))
	}
}

func TestTracesOutliveTheDaemon(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "Shop", "web")
	b.Update("Shop", []traces.Trace{trace(1), trace(2)})
	b.Update("Shop", []traces.Trace{trace(2)})
	b.watched = nil
	b.log.Reset()

	b.restart()
	for _, name := range []string{"panda-1", "panda-2"} {
		if got, err := b.Find("shop", name); err != nil || got.ProjectID != "svc_p" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	b.Resume()
	if fmt.Sprint(b.watched) != "[Shop]" {
		t.Errorf("watched: %v", b.watched)
	}
	if want := "level=INFO msg=\"Activating trace panda-2 (" + trace(2).ID + ")\"\n"; b.log.String() != want {
		t.Errorf("log is %s, want %s", b.log, want)
	}
}

func TestAStateFileThatCannotBeReadIsNone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	if err := os.WriteFile(filepath.Join(b.stateDir, "traces.json"), []byte("{torn"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.restart()
	if _, err := b.View("shop"); !errors.Is(err, traces.ErrUnknownService) {
		t.Errorf("View: %v", err)
	}
	if !strings.Contains(b.log.String(), "Cannot read which traces were on") {
		t.Errorf("log is %q", b.log)
	}
}

func TestAStateFileThatCannotBeWrittenIsNoReasonToStop(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.stateDir = filepath.Join(b.stateDir, "gone")
	b.restart()
	b.mustRegister(t, "shop", "web")
	b.Update("shop", []traces.Trace{trace(1)})
	if _, err := b.Find("shop", "panda-1"); err != nil {
		t.Error(err)
	}
	if !strings.Contains(b.log.String(), "Cannot save which traces are on") {
		t.Errorf("log is %q", b.log)
	}
}

// TestTheClockMayBeSetBack: an ended trace takes events for a minute, not until the clock has
// caught up.
func TestTheClockMayBeSetBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "shop", "web")
	b.Update("shop", []traces.Trace{trace(1)})
	b.Update("shop", nil)
	b.now = b.now.Add(-24 * time.Hour)
	b.restart()
	if _, err := b.Find("shop", "panda-1"); err != nil {
		t.Errorf("at once: %v", err)
	}
	b.now = b.now.Add(time.Minute)
	if _, err := b.Find("shop", "panda-1"); !errors.Is(err, traces.ErrUnknownTrace) {
		t.Errorf("a minute later: %v", err)
	}
}

// TestClientsThatVanish: they neither keep a stopped trace open nor the table full, and are
// counted.
func TestClientsThatVanish(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "shop", "here")
	b.Update("shop", []traces.Trace{trace(1)})
	for i := 0; ; i++ {
		if err := b.Register("shop", fmt.Sprint("gone-", i), []string{trace(1).ID}); errors.Is(err, traces.ErrTooMany) {
			break
		}
	}
	gone := uint64(len(b.Clients()) - 1)
	b.Update("shop", nil) // none of them says that it has no more events
	b.now = b.now.Add(2*time.Minute + time.Second)
	if _, err := b.Find("shop", "panda-1"); !errors.Is(err, traces.ErrUnknownTrace) {
		t.Errorf("the stopped trace is open: %v", err)
	}
	b.mustRegister(t, "shop", "new") // there is room again
	if got := b.Clients(); len(got) != 1 || got[0].Name != "new" {
		t.Errorf("clients are %v", got)
	}
	if got := b.Vanished(); got != gone+1 {
		t.Errorf("%d vanished, want %d", got, gone+1)
	}
}

func TestServicesTellsWhatIsKnown(t *testing.T) {
	t.Parallel()
	b := setup(t)
	if err := b.Register("Shop", "web", []string{trace(1).ID}); err != nil {
		t.Fatal(err)
	}
	b.mustRegister(t, "Shop", "web") // says nothing new
	b.mustRegister(t, "blog", "web")
	b.Update("shop", []traces.Trace{trace(1)})
	b.Count("SHOP", trace(1).ID, 3)
	b.Count("shop", trace(2).ID, 3) // not on
	b.Count("other", trace(1).ID, 3)
	b.Miss("blog")
	got := b.Services()
	if len(got) != 2 || got[0].Name != "Shop" || got[0].Standing != traces.Known || got[1].Standing != traces.Missing {
		t.Fatalf("services are %+v", got)
	}
	if fmt.Sprint(got[0].Taken) != fmt.Sprintf("map[%s:3]", trace(1).ID) || len(got[0].Active) != 1 {
		t.Errorf("the shop is %+v", got[0])
	}
	if c := got[0].Clients; len(c) != 1 || fmt.Sprint(c[0].TraceIDs) != "["+trace(1).ID+"]" {
		t.Errorf("its clients are %+v", c)
	}
}
