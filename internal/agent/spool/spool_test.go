package spool

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock is a time that a test sets.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func testConfig(t *testing.T, dir string) Config {
	t.Helper()
	return Config{Dir: dir, MaxBytes: MinMaxBytes, Now: newClock().Now, Logger: slog.New(slog.DiscardHandler)}
}

func mustOpen(t *testing.T, config Config) *Spool {
	t.Helper()
	return mustOpenWith(t, config, createFile)
}

func mustOpenWith(t *testing.T, config Config, create func(string) (segmentFile, error)) *Spool {
	t.Helper()
	s, err := open(config, create)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustClose(t, s) })
	return s
}

func mustClose(t *testing.T, s *Spool) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// lines returns a batch of one witness that holds text.
func lines(text string) Batch {
	return Batch{ProjectID: "svc_p", TraceID: "lrn_t", Records: []byte(text + "\n"), Count: 1}
}

func mustAppend(t *testing.T, s *Spool, b Batch) {
	t.Helper()
	if err := s.Append(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

// text returns the content of a bundle.
func text(t *testing.T, b *Bundle) string {
	t.Helper()
	decoder, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer decoder.Close()
	plain, err := decoder.DecodeAll(b.Payload, nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

// waiting takes all bundles that Next returns without waiting.
func waiting(t *testing.T, s *Spool) []*Bundle {
	t.Helper()
	bundles, _, err := s.tryNext(1000, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	return bundles
}

// texts joins the contents of bundles.
func texts(t *testing.T, bundles []*Bundle) string {
	t.Helper()
	var all strings.Builder
	for _, b := range bundles {
		all.WriteString(text(t, b))
	}
	return strings.ReplaceAll(all.String(), "\n", " ")
}

func TestEmptyBatchIsNotStored(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, testConfig(t, t.TempDir()))
	mustAppend(t, s, Batch{ProjectID: "svc_p", TraceID: "lrn_t"})
	if got := s.Stats(); got != (Stats{}) {
		t.Errorf("stats are %+v", got)
	}
}

func TestTracesDoNotShareABundle(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, testConfig(t, t.TempDir()))
	other := lines("other")
	other.TraceID = "lrn_u"
	frames := s.frames([]Batch{lines("one"), other, lines("two")})
	var got []string
	for _, f := range frames {
		got = append(got, fmt.Sprint(f.Trace, f.Count))
	}
	if want := "[lrn_t2 lrn_u1]"; fmt.Sprint(got) != want {
		t.Errorf("frames are %v, want %v", got, want)
	}
}

func TestBundleIsBounded(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, testConfig(t, t.TempDir()))
	batch := func(bytes, witnesses int) Batch {
		return Batch{ProjectID: "svc_p", TraceID: "lrn_t", Records: make([]byte, bytes), Count: witnesses}
	}
	for name, c := range map[string]struct {
		batches []Batch
		counts  string
	}{
		"by bytes": {
			[]Batch{batch(frameBytes/2, 10), batch(frameBytes/2, 10), batch(frameBytes/2, 10)}, "[20 10]",
		},
		"by witnesses":         {[]Batch{batch(1, frameWitnesses-1), batch(1, 1), batch(1, 1)}, "[512 1]"},
		"but never in a batch": {[]Batch{batch(2*frameBytes, 2*frameWitnesses)}, "[1024]"},
	} {
		var counts []int
		for _, f := range s.frames(c.batches) {
			counts = append(counts, f.Count)
		}
		if got := fmt.Sprint(counts); got != c.counts {
			t.Errorf("%s: %s, want %s", name, got, c.counts)
		}
	}
}

func TestClosedSpool(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, testConfig(t, t.TempDir()))
	waits := make(chan error, 1)
	go func() {
		_, err := s.Next(context.Background(), 1, 1<<20)
		waits <- err
	}()
	mustClose(t, s)
	mustClose(t, s)
	if err := <-waits; !errors.Is(err, ErrClosed) {
		t.Errorf("Next: %v", err)
	}
	if err := s.Append(t.Context(), lines("one")); !errors.Is(err, ErrClosed) {
		t.Errorf("Append: %v", err)
	}
}

func TestBatchesAreAppendedOnce(t *testing.T) {
	t.Parallel()
	config := testConfig(t, t.TempDir())
	now := newClock()
	config.Now = now.Now
	named := func(client, batch string) Batch {
		b := lines(client + "/" + batch)
		b.Client, b.ID = client, batch
		return b
	}
	s := mustOpen(t, config)
	mustAppend(t, s, named("web", "1"))
	mustAppend(t, s, named("web", "1"))
	mustAppend(t, s, named("web", "2"))
	mustAppend(t, s, named("worker", "1"))
	bundles := waiting(t, s)
	if got, want := texts(t, bundles), "web/1 web/2 worker/1 "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}

	for _, b := range bundles {
		s.Done(b)
	}
	mustClose(t, s)
	s = mustOpen(t, config)
	mustAppend(t, s, named("web", "1"))
	if again := waiting(t, s); len(again) != 0 {
		t.Errorf("after a restart it was appended again: %q", texts(t, again))
	}
	now.advance(batchMemory + time.Second)
	mustAppend(t, s, named("web", "3")) // forgets the old ones
	mustAppend(t, s, named("web", "1"))
	if got, want := texts(t, waiting(t, s)), "web/3 web/1 "; got != want {
		t.Errorf("after the memory's time: %q, want %q", got, want)
	}
}

func TestFullSpoolDropsTheOldest(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, testConfig(t, t.TempDir()))
	var seen []*Bundle
	total := 0
	for ; s.Stats().Dropped == 0; total++ {
		mustAppend(t, s, Batch{ProjectID: "svc_p", TraceID: "lrn_t", Records: incompressible(1 << 20), Count: 1})
		seen = append(seen, waiting(t, s)...)
	}
	stats := s.Stats()
	if stats.Bytes > MinMaxBytes {
		t.Errorf("the spool has %d bytes, more than %d", stats.Bytes, MinMaxBytes)
	}
	if got := stats.Pending + int64(stats.Dropped); got != int64(total) {
		t.Errorf("%d pending and dropped, want %d", got, total)
	}
	if s.Holds(seen[0]) || !s.Holds(seen[len(seen)-1]) {
		t.Error("it was not the oldest that went")
	}
	s.Done(seen[0]) // changes nothing
	if s.Stats() != stats {
		t.Errorf("stats changed from %+v to %+v", stats, s.Stats())
	}
}

func TestTooLargeBatchIsRefused(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, testConfig(t, t.TempDir()))
	err := s.Append(t.Context(), Batch{ProjectID: "svc_p", TraceID: "lrn_t", Records: incompressible(MinMaxBytes), Count: 1})
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

// incompressible returns n bytes that zstd cannot compress.
func incompressible(n int) []byte {
	data := make([]byte, n)
	state := uint64(n) + 0x9e3779b97f4a7c15
	for i := range data {
		state ^= state << 13
		state ^= state >> 7
		state ^= state << 17
		data[i] = byte(state >> 32)
	}
	return data
}

func TestDoneSegmentsAreRemoved(t *testing.T) {
	t.Parallel()
	config := testConfig(t, t.TempDir())
	s := mustOpen(t, config)
	mustAppend(t, s, Batch{ProjectID: "svc_p", TraceID: "lrn_t", Records: incompressible(5 << 20), Count: 1})
	mustAppend(t, s, lines("small"))
	bundles := waiting(t, s)
	if n := len(segmentFiles(t, config.Dir)); n != 2 {
		t.Fatalf("%d segments, want 2", n)
	}
	s.Done(bundles[0])
	if n := len(segmentFiles(t, config.Dir)); n != 1 {
		t.Errorf("%d segments, want 1", n)
	}
}

func segmentFiles(t *testing.T, dir string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*"+segmentSuffix))
	if err != nil {
		t.Fatal(err)
	}
	return paths
}
