package spool

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"syscall"
	"testing"
)

func TestAppendSyncsBeforeItReturns(t *testing.T) {
	t.Parallel()
	config := testConfig(t, t.TempDir())
	s := mustOpenWith(t, config, (&disk{}).create)
	want := ""
	for i := range 20 {
		mustAppend(t, s, lines(fmt.Sprint(i)))
		want += fmt.Sprint(i, " ")
	}
	// A power cut: the first spool is not closed, its unsynced writes are lost, and
	// another spool opens the same folder.
	if got := texts(t, waiting(t, mustOpen(t, config))); got != want {
		t.Errorf("after the power cut: %q, want %q", got, want)
	}
}

// The parts of a batch are in different bundles, and are appended together.
func TestAppendAll(t *testing.T) {
	t.Parallel()
	config := testConfig(t, t.TempDir())
	d := &disk{}
	s := mustOpenWith(t, config, d.create)
	parts := func() []Batch {
		own, repeat, both := lines("own"), lines("repeat"), lines("both")
		repeat.Repeats, both.Also = []string{"lrn_a", "lrn_b"}, []string{"lrn_c"}
		parts := []Batch{own, repeat, both}
		for i := range parts {
			parts[i].Client, parts[i].ID = "web", "1"
		}
		return parts
	}
	broken := errors.New("input/output error")
	d.mu.Lock()
	d.failSync = broken
	d.mu.Unlock()
	if err := s.AppendAll(t.Context(), parts()); !errors.Is(err, broken) {
		t.Fatalf("AppendAll: %v", err)
	}
	d.mu.Lock()
	d.failSync = nil
	d.mu.Unlock()
	for range 2 { // the second time, nothing is added
		if err := s.AppendAll(t.Context(), parts()); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.AppendAll(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	mustClose(t, s)

	s = mustOpen(t, config)
	if err := s.AppendAll(t.Context(), parts()); err != nil { // nor after a restart
		t.Fatal(err)
	}
	bundles := waiting(t, s)
	if got := texts(t, bundles); got != "own repeat both " {
		t.Fatalf("the spool has %q", got)
	}
	for i, want := range parts() {
		if b := bundles[i]; !slices.Equal(b.Also, want.Also) || !slices.Equal(b.Repeats, want.Repeats) {
			t.Errorf("bundle %d: also %q, repeats %q; want %q and %q", i, b.Also, b.Repeats, want.Also, want.Repeats)
		}
	}
}

func TestConcurrentBatchesShareASync(t *testing.T) {
	t.Parallel()
	d := &disk{gate: make(chan struct{}), entered: make(chan struct{})}
	s := mustOpenWith(t, testConfig(t, t.TempDir()), d.create)
	results := make(chan error)
	add := func(text string) { results <- s.Append(t.Context(), lines(text)) }
	go add("first")
	<-d.entered
	const more = 10
	for i := range more {
		go add(fmt.Sprint(i))
	}
	// The others have joined the next commit when all of them are in it.
	for joined := 0; joined < more; runtime.Gosched() {
		s.mu.Lock()
		joined = len(s.forming.batches)
		s.mu.Unlock()
	}
	d.gate <- struct{}{}
	<-d.entered
	d.gate <- struct{}{}
	for range more + 1 {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
	if d.syncs != 2 {
		t.Errorf("%d syncs, want 2", d.syncs)
	}
	if bundles := waiting(t, s); len(bundles) != 2 || bundles[1].Count != more {
		t.Errorf("%d bundles, want one of 1 and one of %d", len(bundles), more)
	}
}

func TestFailedSyncSealsTheSegment(t *testing.T) {
	t.Parallel()
	config := testConfig(t, t.TempDir())
	d := &disk{}
	s := mustOpenWith(t, config, d.create)
	mustAppend(t, s, lines("one"))

	broken := errors.New("input/output error")
	d.mu.Lock()
	d.failSync = broken
	d.mu.Unlock()
	named := lines("two")
	named.Client, named.ID = "web", "1"
	if err := s.Append(t.Context(), named); !errors.Is(err, broken) {
		t.Fatalf("Append: %v", err)
	}

	d.mu.Lock()
	d.failSync = nil
	d.mu.Unlock()
	mustAppend(t, s, named) // the same batch, for it was not taken
	if got := texts(t, waiting(t, s)); got != "one two " {
		t.Errorf("got %q", got)
	}
	if n := len(segmentFiles(t, config.Dir)); n != 2 {
		t.Errorf("%d segments, want a new one after the failure", n)
	}
	mustClose(t, s)
	if got := texts(t, waiting(t, mustOpen(t, config))); got != "one two " {
		t.Errorf("after a restart: %q", got)
	}
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	full := syscall.ENOSPC
	for name, fill := range map[string]func(*disk, error){
		"a write is cut":           func(d *disk, err error) { d.failWrite = err },
		"a sync finds no room":     func(d *disk, err error) { d.failSync = err },
		"nothing works any longer": func(d *disk, err error) { d.failNew, d.failWrite, d.failSync = err, err, err },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := testConfig(t, t.TempDir())
			d := &disk{}
			s := mustOpenWith(t, config, d.create)
			mustAppend(t, s, lines("before"))
			fillUp := func(err error) {
				d.mu.Lock()
				defer d.mu.Unlock()
				fill(d, err)
			}
			fillUp(full)
			named := lines("refused")
			named.Client, named.ID = "web", "1"
			failed := 0
			for range 100 {
				if err := s.Append(t.Context(), named); err != nil {
					failed++
					if !errors.Is(err, full) {
						t.Fatalf("Append: %v", err)
					}
				}
			}
			if failed != 100 {
				t.Errorf("%d of 100 were refused", failed)
			}
			if n := len(segmentFiles(t, config.Dir)); n > 2 {
				t.Errorf("%d segments were left behind", n)
			}
			fillUp(nil)
			mustAppend(t, s, named)
			mustAppend(t, s, lines("after"))
			if got := texts(t, waiting(t, s)); got != "before refused after " {
				t.Errorf("got %q", got)
			}
			mustClose(t, s)
			if got := texts(t, waiting(t, mustOpen(t, config))); got != "before refused after " {
				t.Errorf("after a restart: %q", got)
			}
		})
	}
}

// The keys of batches are remembered for a while, but must not take the space of
// witnesses.
func TestDoneSegmentsAreBounded(t *testing.T) {
	t.Parallel()
	const size = 1 << 20
	noise := incompressible(size)
	send := func(t *testing.T, s *Spool, n int) error {
		t.Helper()
		b := Batch{ProjectID: "svc_p", TraceID: "lrn_t", Records: noise, Count: 1, Client: "web", ID: fmt.Sprint(n)}
		err := s.Append(t.Context(), b)
		for _, b := range waiting(t, s) {
			s.Done(b)
		}
		return err
	}
	t.Run("in a long run", func(t *testing.T) {
		t.Parallel()
		s := mustOpen(t, testConfig(t, t.TempDir()))
		for n := range 24 {
			if err := send(t, s, n); err != nil {
				t.Fatal(err)
			}
			// The segment that is written to is not done.
			if got := s.Stats().Bytes; got > MinMaxBytes/doneShare+MinMaxBytes/4+2*size {
				t.Fatalf("after %d MiB: %d bytes of what is done are kept", n+1, got)
			}
		}
		if err := send(t, s, 0); err != nil || s.Stats().Dropped != 0 {
			t.Errorf("sent again: %v, %+v", err, s.Stats())
		}
	})
	t.Run("on a full disk", func(t *testing.T) {
		t.Parallel()
		config := testConfig(t, t.TempDir())
		d := &disk{}
		s := mustOpenWith(t, config, d.create)
		for n := range 5 {
			if err := send(t, s, n); err != nil {
				t.Fatal(err)
			}
		}
		d.mu.Lock()
		d.failWrite = syscall.ENOSPC
		d.mu.Unlock()
		if err := send(t, s, 5); !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("Append: %v", err)
		}
		if left := segmentFiles(t, config.Dir); len(left) != 0 {
			t.Errorf("%d segments that are done still take room", len(left))
		}
		d.mu.Lock()
		d.failWrite = nil
		d.mu.Unlock()
		if err := send(t, s, 5); err != nil {
			t.Error(err)
		}
	})
}
