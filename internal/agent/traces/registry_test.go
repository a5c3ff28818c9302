package traces_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"akita/internal/agent/traces"
)

var start = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// bench is a registry with its clock and log.
type bench struct {
	*traces.Registry
	now       time.Time
	log       *bytes.Buffer
	watched   []string                   // services that OnService was called for
	forgotten map[string]<-chan struct{} // by service
	clients   int                        // calls of OnClients
	stateDir  string
}

func setup(t *testing.T) *bench {
	t.Helper()
	b := &bench{
		now: start, log: &bytes.Buffer{}, forgotten: map[string]<-chan struct{}{}, stateDir: t.TempDir(),
	}
	b.restart()
	return b
}

// restart makes a new registry with the same state file.
func (b *bench) restart() {
	b.Registry = traces.New(traces.Config{
		StatePath: filepath.Join(b.stateDir, "traces.json"),
		OnService: func(service string, forgotten <-chan struct{}) {
			b.watched = append(b.watched, service)
			b.forgotten[service] = forgotten
		},
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

func TestServiceNamesIgnoreCase(t *testing.T) {
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

func TestViewChanged(t *testing.T) {
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
	want := fmt.Sprint([]traces.Client{{Service: "shop", Name: "web", LastSeen: b.now.Add(-time.Second)}})
	if got != want {
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

// A request may name thousands of traces, which must not stay in memory.
func TestBelievedTracesAreBounded(t *testing.T) {
	t.Parallel()
	b := setup(t)
	if err := b.Register("shop", "web", make([]string, 2000)); err != nil {
		t.Fatal(err)
	}
	if ids := b.Clients()[0].TraceIDs; len(ids) != 16 || cap(ids) > 32 {
		t.Errorf("%d are kept, with a capacity of %d", len(ids), cap(ids))
	}
}

// Clients that no longer connect are counted, and take no place in the table.
func TestVanishedClients(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "shop", "here")
	b.Update("shop", []traces.Trace{trace(1)})
	const gone = 999
	for i := range gone {
		if err := b.Register("shop", fmt.Sprint("gone-", i), []string{trace(1).ID}); err != nil {
			t.Fatal(err)
		}
	}
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

func TestServices(t *testing.T) {
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

func TestTracesWhoseEventsAreTaken(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "shop", "web")
	one, two := traces.Trace{ID: "lrn_1", Name: "one"}, traces.Trace{ID: "lrn_2", Name: "two"}
	want := func(when string, named []traces.Trace, overlap bool) {
		t.Helper()
		if got := b.Named("SHOP", []string{"lrn_2", "lrn_3", "lrn_1"}); !slices.Equal(got, named) {
			t.Errorf("%s: %v, want %v", when, got, named)
		}
		if got := b.Overlap("SHOP"); got != overlap {
			t.Errorf("%s: overlap is %t", when, got)
		}
	}
	want("at first", nil, false)
	b.Update("shop", []traces.Trace{one})
	want("with one", []traces.Trace{one}, false)
	b.Update("shop", []traces.Trace{two, one})
	want("with two", []traces.Trace{one, two}, true)
	b.Update("shop", []traces.Trace{two})
	want("just after the end of one", []traces.Trace{one, two}, true)
	b.now = b.now.Add(time.Minute)
	want("a minute later", []traces.Trace{two}, false)
	if got := b.Named("other", []string{"lrn_1"}); got != nil || b.Overlap("other") {
		t.Errorf("an unknown service has %v", got)
	}
}
