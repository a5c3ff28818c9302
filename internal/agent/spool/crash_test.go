package spool

import (
	"os"
	"sync"
	"testing"
	"time"
)

func writeSegment(t *testing.T, dir string, number uint64, data []byte) {
	t.Helper()
	if err := os.WriteFile(segmentPath(dir, number), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// disk is a file layer that holds unsynced writes back, so that a test can simulate a
// power cut. It fails or waits on request.
type disk struct {
	mu        sync.Mutex
	syncs     int
	failWrite error // half of it is written
	failSync  error
	failNew   error
	gate      chan struct{} // if it is not nil, a sync waits for a value
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

// What was written in the future counts as written now, and what is long ago is
// forgotten.
func TestClockChangesBetweenRuns(t *testing.T) {
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
			config := testConfig(t, t.TempDir())
			now := newClock()
			config.Now = now.Now
			named := func(id string) Batch {
				b := lines(id)
				b.Client, b.ID = "web", id
				return b
			}
			s := mustOpen(t, config)
			mustAppend(t, s, named("1"))
			mustClose(t, s)
			now.advance(c.jump)
			s = mustOpen(t, config)
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
