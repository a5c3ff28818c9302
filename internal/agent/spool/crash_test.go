package spool

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestATornTailIsCutAtEveryByte(t *testing.T) {
	t.Parallel()
	whole, start := twoFrames(t)
	for size := start; size <= len(whole); size++ {
		cfg := testConfig(t, t.TempDir())
		writeSegment(t, cfg.Dir, 1, whole[:size])
		s := mustOpen(t, cfg)
		want := "one "
		if size == len(whole) {
			want = "one two "
		}
		if got := texts(t, waiting(t, s)); got != want {
			t.Errorf("cut to %d of %d bytes: %q, want %q", size, len(whole), got, want)
		}
		mustAppend(t, s, lines("three"))
		if got := texts(t, waiting(t, s)); got != "three " {
			t.Errorf("cut to %d of %d bytes: then %q", size, len(whole), got)
		}
		if got := s.Stats(); got.Corrupt != 0 || got.Dropped != 0 {
			t.Errorf("cut to %d bytes: what was never acknowledged was counted: %+v", size, got)
		}
		mustClose(t, s)
	}
}

func TestADamagedByteCostsOneFrame(t *testing.T) {
	t.Parallel()
	whole, end := twoFrames(t)
	for at := range end {
		cfg := testConfig(t, t.TempDir())
		damaged := bytes.Clone(whole)
		damaged[at] ^= 0x40
		writeSegment(t, cfg.Dir, 1, damaged)
		s := mustOpen(t, cfg)
		if got := texts(t, waiting(t, s)); got != "two " {
			t.Errorf("byte %d damaged: %q, want the other frame", at, got)
		}
		if got := s.Stats().Corrupt; got != 1 {
			t.Errorf("byte %d damaged: %d counted, want 1", at, got)
		}
		kept, err := os.ReadDir(s.quarantine.dir)
		if err != nil || len(kept) != 1 {
			t.Errorf("byte %d damaged: %d put aside, %v", at, len(kept), err)
		}
		mustClose(t, s)
	}
}

func TestADamagedEndOfAnOlderSegmentIsCounted(t *testing.T) {
	t.Parallel()
	whole, start := twoFrames(t)
	cfg := testConfig(t, t.TempDir())
	writeSegment(t, cfg.Dir, 1, whole[:start+5])
	writeSegment(t, cfg.Dir, 2, whole[start:])
	s := mustOpen(t, cfg)
	if got := texts(t, waiting(t, s)); got != "one two " {
		t.Errorf("got %q", got)
	}
	if got := s.Stats().Corrupt; got != 1 {
		t.Errorf("%d counted, want 1", got)
	}
}

func TestAPositionThatCannotBeReadMeansTheBeginning(t *testing.T) {
	t.Parallel()
	whole, _ := twoFrames(t)
	for name, position := range map[string][]byte{
		"empty":   {},
		"short":   []byte("short"),
		"damaged": bytes.Repeat([]byte{7}, positionBytes),
	} {
		cfg := testConfig(t, t.TempDir())
		writeSegment(t, cfg.Dir, 1, whole)
		if err := os.WriteFile(cfg.Dir+"/position", position, 0o600); err != nil {
			t.Fatal(err)
		}
		s := mustOpen(t, cfg)
		if got := texts(t, waiting(t, s)); got != "one two " {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

// twoFrames returns a segment of two frames, and where the second begins.
func twoFrames(t *testing.T) (segment []byte, second int) {
	t.Helper()
	cfg := testConfig(t, t.TempDir())
	s := mustOpen(t, cfg)
	mustAppend(t, s, lines("one"))
	second = int(s.Stats().Bytes)
	mustAppend(t, s, lines("two"))
	mustClose(t, s)
	segment, err := os.ReadFile(segmentPath(cfg.Dir, 1))
	if err != nil {
		t.Fatal(err)
	}
	return segment, second
}

func writeSegment(t *testing.T, dir string, number uint64, data []byte) {
	t.Helper()
	if err := os.WriteFile(segmentPath(dir, number), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// disk is a file layer that holds unsynced writes back, so that a test can cut
// the power, and that fails or waits when told to.
type disk struct {
	mu        sync.Mutex
	syncs     int
	failWrite error // half of it is written
	failSync  error
	failNew   error
	gate      chan struct{} // a sync waits for a value, where it is not nil
	entered   chan struct{} // gets a value when a sync waits
}

func (d *disk) create(path string) (segmentFile, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.failNew != nil {
		return nil, d.failNew
	}
	file, err := createFile(path)
	return &diskFile{segmentFile: file, disk: d}, err
}

type diskFile struct {
	segmentFile
	disk     *disk
	unsynced []byte
}

func (f *diskFile) Write(b []byte) (int, error) {
	f.disk.mu.Lock()
	fail := f.disk.failWrite
	f.disk.mu.Unlock()
	if fail != nil { // as much as there was room for
		f.unsynced = append(f.unsynced, b[:len(b)/2]...)
		return len(b) / 2, fail
	}
	f.unsynced = append(f.unsynced, b...)
	return len(b), nil
}

func (f *diskFile) Sync() error {
	f.disk.mu.Lock()
	f.disk.syncs++
	fail, gate := f.disk.failSync, f.disk.gate
	f.disk.mu.Unlock()
	if gate != nil {
		f.disk.entered <- struct{}{}
		<-gate
	}
	if fail != nil {
		return fail
	}
	if _, err := f.segmentFile.Write(f.unsynced); err != nil {
		return err
	}
	f.unsynced = nil
	return f.segmentFile.Sync()
}

func (f *diskFile) Truncate(size int64) error {
	f.unsynced = nil
	return f.segmentFile.Truncate(size)
}

func TestAcknowledgedMeansSynced(t *testing.T) {
	t.Parallel()
	cfg := testConfig(t, t.TempDir())
	s := mustOpenWith(t, cfg, (&disk{}).create)
	want := ""
	for i := range 20 {
		mustAppend(t, s, lines(fmt.Sprint(i)))
		want += fmt.Sprint(i, " ")
	}
	// The power is cut: the first spool is not closed, its unsynced writes are
	// nowhere, and another one opens the same folder.
	if got := texts(t, waiting(t, mustOpen(t, cfg))); got != want {
		t.Errorf("after the power cut: %q, want %q", got, want)
	}
}

func TestBatchesThatArriveDuringASyncShareTheNextOne(t *testing.T) {
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

func TestAfterAFailedSyncNothingOfItIsThereAndTheFileIsLeftAlone(t *testing.T) {
	t.Parallel()
	cfg := testConfig(t, t.TempDir())
	d := &disk{}
	s := mustOpenWith(t, cfg, d.create)
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
	if n := len(segmentFiles(t, cfg.Dir)); n != 2 {
		t.Errorf("%d segments, want a new one after the failure", n)
	}
	mustClose(t, s)
	if got := texts(t, waiting(t, mustOpen(t, cfg))); got != "one two " {
		t.Errorf("after a restart: %q", got)
	}
}

func TestADiskThatIsFullFailsUntilItHasRoom(t *testing.T) {
	t.Parallel()
	full := syscall.ENOSPC
	for name, fill := range map[string]func(*disk, error){
		"a write is cut":           func(d *disk, err error) { d.failWrite = err },
		"a sync finds no room":     func(d *disk, err error) { d.failSync = err },
		"nothing works any longer": func(d *disk, err error) { d.failNew, d.failWrite, d.failSync = err, err, err },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := testConfig(t, t.TempDir())
			d := &disk{}
			s := mustOpenWith(t, cfg, d.create)
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
			if n := len(segmentFiles(t, cfg.Dir)); n > 2 {
				t.Errorf("%d segments were left behind", n)
			}
			fillUp(nil)
			mustAppend(t, s, named)
			mustAppend(t, s, lines("after"))
			if got := texts(t, waiting(t, s)); got != "before refused after " {
				t.Errorf("got %q", got)
			}
			mustClose(t, s)
			if got := texts(t, waiting(t, mustOpen(t, cfg))); got != "before refused after " {
				t.Errorf("after a restart: %q", got)
			}
		})
	}
}

// TestTheClockMayBeSetWhileTheDaemonIsDown: what was written in the future counts as written
// now, and what is long ago is forgotten.
func TestTheClockMayBeSetWhileTheDaemonIsDown(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		jump, then time.Duration // before the restart, and after it
		again      bool          // whether the batch is appended again
	}{
		"not at all":                     {0, 0, false},
		"back by a day":                  {-24 * time.Hour, 0, false},
		"back by a day, and time passes": {-24 * time.Hour, batchMemory + time.Second, true},
		"forward by a day":               {24 * time.Hour, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := testConfig(t, t.TempDir())
			now := newClock()
			cfg.Now = now.Now
			named := func(id string) Batch {
				b := lines(id)
				b.Client, b.ID = "web", id
				return b
			}
			s := mustOpen(t, cfg)
			mustAppend(t, s, named("1"))
			mustClose(t, s)
			now.advance(c.jump)
			s = mustOpen(t, cfg)
			now.advance(c.then)
			mustAppend(t, s, named("2")) // forgets what is old
			mustAppend(t, s, named("1"))
			want := "1 2 "
			if c.again {
				want += "1 "
			}
			if got := texts(t, waiting(t, s)); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// TestWhatIsDoneDoesNotFillTheDisk: the names of batches are remembered for a while, but not
// at the price of room for witnesses.
func TestWhatIsDoneDoesNotFillTheDisk(t *testing.T) {
	t.Parallel()
	const size = 1 << 20
	noise := incompressible(size)
	send := func(t *testing.T, s *Spool, n int) error {
		t.Helper()
		b := Batch{ProjectID: "svc_p", TraceID: "lrn_t", Lines: noise, Count: 1, Client: "web", ID: fmt.Sprint(n)}
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
		cfg := testConfig(t, t.TempDir())
		d := &disk{}
		s := mustOpenWith(t, cfg, d.create)
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
		if left := segmentFiles(t, cfg.Dir); len(left) != 0 {
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
