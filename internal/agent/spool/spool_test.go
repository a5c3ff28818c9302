package spool

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"go.uber.org/goleak"

	"akita/internal/id"
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

func mustOpen(t *testing.T, cfg Config) *Spool {
	t.Helper()
	return mustOpenWith(t, cfg, createFile)
}

func mustOpenWith(t *testing.T, cfg Config, create func(string) (segmentFile, error)) *Spool {
	t.Helper()
	s, err := open(cfg, create)
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

// lines is a batch of one witness that says text.
func lines(text string) Batch {
	return Batch{ProjectID: "svc_p", TraceID: "lrn_t", Lines: []byte(text + "\n"), Count: 1}
}

func mustAppend(t *testing.T, s *Spool, b Batch) {
	t.Helper()
	if err := s.Append(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

// text is what a bundle holds.
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

// waiting takes all bundles that can be had without waiting.
func waiting(t *testing.T, s *Spool) []*Bundle {
	t.Helper()
	var bundles []*Bundle
	for {
		b, _, err := s.tryNext()
		if err != nil {
			t.Fatal(err)
		}
		if b == nil {
			return bundles
		}
		bundles = append(bundles, b)
	}
}

// texts joins what the bundles hold.
func texts(t *testing.T, bundles []*Bundle) string {
	t.Helper()
	var all strings.Builder
	for _, b := range bundles {
		all.WriteString(text(t, b))
	}
	return strings.ReplaceAll(all.String(), "\n", " ")
}

func TestNextGivesWhatWasAppended(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, testConfig(t, t.TempDir()))
	mustAppend(t, s, lines("one"))
	mustAppend(t, s, lines("two"))
	bundles := waiting(t, s)
	if got := texts(t, bundles); got != "one two " {
		t.Errorf("got %q", got)
	}
	b := bundles[0]
	if !id.Is(id.Bundle, b.ID) || b.ProjectID != "svc_p" || b.TraceID != "lrn_t" || b.Count != 1 {
		t.Errorf("bundle is %+v", b)
	}
}

func TestNextWaitsForAnAppend(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, testConfig(t, t.TempDir()))
	got := make(chan *Bundle, 1)
	go func() {
		b, err := s.Next(context.Background())
		if err != nil {
			t.Error(err)
		}
		got <- b
	}()
	mustAppend(t, s, lines("one"))
	if b := <-got; text(t, b) != "one\n" {
		t.Errorf("got %q", text(t, b))
	}
}

func TestWhatIsNotDoneComesAgainAfterARestartUnderTheSameID(t *testing.T) {
	t.Parallel()
	cfg := testConfig(t, t.TempDir())
	s := mustOpen(t, cfg)
	for _, word := range []string{"one", "two", "three"} {
		mustAppend(t, s, lines(word))
	}
	before := waiting(t, s)
	s.Done(before[0])
	mustClose(t, s)

	s = mustOpen(t, cfg)
	if got := s.Stats().Pending; got != 2 {
		t.Errorf("%d witnesses pending, want 2", got)
	}
	after := waiting(t, s)
	if got := texts(t, after); got != "two three " {
		t.Fatalf("after the restart: %q", got)
	}
	if after[0].ID != before[1].ID || after[1].ID != before[2].ID {
		t.Error("the ids changed")
	}
}

func TestWhatIsDoneOutOfOrderDoesNotGrowTheLeases(t *testing.T) {
	t.Parallel()
	cfg := testConfig(t, t.TempDir())
	s := mustOpen(t, cfg)
	for i := range 50 {
		mustAppend(t, s, lines(fmt.Sprint(i)))
	}
	bundles := waiting(t, s)
	for _, b := range bundles[1:] {
		s.Done(b)
	}
	if n := len(s.leases); n != 2 {
		t.Errorf("%d leases, want the one that is not done and one for the rest", n)
	}
	s.Done(bundles[0])
	if n := len(s.leases); n != 0 {
		t.Errorf("%d leases, want none", n)
	}
	mustClose(t, s)
	if left := waiting(t, mustOpen(t, cfg)); len(left) != 0 {
		t.Errorf("%d bundles come again", len(left))
	}
}

func TestAnEmptyBatchIsNotStored(t *testing.T) {
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

func TestABundleIsBounded(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, testConfig(t, t.TempDir()))
	batch := func(bytes, witnesses int) Batch {
		return Batch{ProjectID: "svc_p", TraceID: "lrn_t", Lines: make([]byte, bytes), Count: witnesses}
	}
	for name, c := range map[string]struct {
		batches []Batch
		counts  string
	}{
		"by bytes":             {[]Batch{batch(frameBytes/2, 10), batch(frameBytes/2, 10), batch(frameBytes/2, 10)}, "[20 10]"},
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
		_, err := s.Next(context.Background())
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
	cfg := testConfig(t, t.TempDir())
	now := newClock()
	cfg.Now = now.Now
	named := func(client, batch string) Batch {
		b := lines(client + "/" + batch)
		b.Client, b.ID = client, batch
		return b
	}
	s := mustOpen(t, cfg)
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
	s = mustOpen(t, cfg)
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

func TestAFullSpoolDropsTheOldestAndCounts(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, testConfig(t, t.TempDir()))
	var seen []*Bundle
	total := 0
	for ; s.Stats().Dropped == 0; total++ {
		mustAppend(t, s, Batch{ProjectID: "svc_p", TraceID: "lrn_t", Lines: incompressible(1 << 20), Count: 1})
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

func TestABatchLargerThanTheSpoolIsRefused(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, testConfig(t, t.TempDir()))
	err := s.Append(t.Context(), Batch{ProjectID: "svc_p", TraceID: "lrn_t", Lines: incompressible(MinMaxBytes), Count: 1})
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

// incompressible returns n bytes that zstd cannot make fewer.
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
	cfg := testConfig(t, t.TempDir())
	s := mustOpen(t, cfg)
	mustAppend(t, s, Batch{ProjectID: "svc_p", TraceID: "lrn_t", Lines: incompressible(5 << 20), Count: 1})
	mustAppend(t, s, lines("small"))
	bundles := waiting(t, s)
	if n := len(segmentFiles(t, cfg.Dir)); n != 2 {
		t.Fatalf("%d segments, want 2", n)
	}
	s.Done(bundles[0])
	if n := len(segmentFiles(t, cfg.Dir)); n != 1 {
		t.Errorf("%d segments, want 1", n)
	}
}

func TestRejectedBundlesArePutAside(t *testing.T) {
	t.Parallel()
	cfg := testConfig(t, t.TempDir())
	s := mustOpen(t, cfg)
	mustAppend(t, s, lines("one"))
	mustAppend(t, s, lines("two"))
	bundles := waiting(t, s)
	s.Reject(bundles[0])
	s.Discard(bundles[1])
	if got := s.Stats(); got.Rejected != 2 || got.Pending != 0 {
		t.Errorf("stats are %+v", got)
	}
	kept, err := os.ReadFile(filepath.Join(cfg.Dir, "quarantine", bundles[0].ID+".ndjson.zst"))
	if err != nil || !bytes.Equal(kept, bundles[0].Payload) {
		t.Errorf("the bundle is not there: %v", err)
	}
}

func TestTheQuarantineIsBounded(t *testing.T) {
	t.Parallel()
	q := quarantine{dir: filepath.Join(t.TempDir(), "quarantine")}
	for i := range quarantineFiles + 10 {
		if err := q.keep(fmt.Sprint(i), []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	if files, _, err := q.size(); err != nil || files != quarantineFiles {
		t.Errorf("%d files, %v; want %d", files, err, quarantineFiles)
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
