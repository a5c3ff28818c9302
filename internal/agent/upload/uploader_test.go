package upload_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/klauspost/compress/zstd"
	"go.uber.org/goleak"

	"akita/internal/agent/cloud"
	"akita/internal/agent/spool"
	"akita/internal/agent/upload"
	"akita/internal/delta"
	"akita/internal/witness"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// sender is a server that answers with errs one after the other, and accepts everything
// after that. Its methods are safe for concurrent use.
type sender struct {
	mu    sync.Mutex
	errs  []error
	tries []time.Time
	taken map[string]int          // by bundle id: how often it was taken
	calls int                     // in what was taken
	forms map[string]int          // by media type: what was taken
	of    map[string]cloud.Bundle // by further traces: what was taken last
	hang  bool                    // answers only when the context ends
	away  error                   // if it is not nil, every call returns it
}

func (s *sender) PutBundle(ctx context.Context, b cloud.Bundle) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tries = append(s.tries, time.Now())
	if s.hang {
		s.mu.Unlock()
		<-ctx.Done()
		s.mu.Lock()
		return ctx.Err()
	}
	if s.away != nil {
		return s.away
	}
	if len(s.errs) > 0 {
		err := s.errs[0]
		s.errs = s.errs[1:]
		return err
	}
	var known []string
	for _, id := range append([]string{b.ID}, b.With...) {
		if s.taken[id] > 0 {
			known = append(known, id)
		}
	}
	switch {
	case len(known) > len(b.With):
		return nil
	case len(known) > 0:
		return &cloud.StatusError{Status: 409, Code: "bundles_known", Known: known}
	}
	for _, id := range append([]string{b.ID}, b.With...) {
		s.taken[id]++
	}
	s.calls += callsIn(b)
	s.forms[b.MediaType]++
	s.of[strings.Join(b.Also, ",")] = b
	return nil
}

// callsIn returns how many calls an upload holds.
func callsIn(b cloud.Bundle) int {
	decoder, _ := zstd.NewReader(nil)
	defer decoder.Close()
	body, err := decoder.DecodeAll(b.Payload, nil)
	if err != nil {
		return -1
	}
	if b.MediaType == witness.MediaType {
		return bytes.Count(body, []byte("\n"))
	}
	calls, err := delta.Decode(body)
	if err != nil {
		return -1
	}
	return calls.Calls()
}

// down makes every call fail with err; nil ends that.
func (s *sender) down(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.away = err
}

func (s *sender) counts() (tries, taken int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.tries), len(s.taken)
}

func (s *sender) lastTry() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tries[len(s.tries)-1]
}

// bench is an uploader with its spool and sender, for a synctest bubble.
type bench struct {
	*sender
	spool    *spool.Spool
	uploader *upload.Uploader
	log      *bytes.Buffer
	dir      string
}

func setup(t *testing.T, errs ...error) *bench {
	t.Helper()
	b := &bench{dir: t.TempDir(), sender: &sender{errs: errs, taken: make(map[string]int), forms: make(map[string]int), of: make(map[string]cloud.Bundle)}, log: &bytes.Buffer{}}
	b.open(t)
	return b
}

func (b *bench) open(t *testing.T) {
	t.Helper()
	logger := slog.New(slog.NewTextHandler(b.log, nil))
	var err error
	b.spool, err = spool.Open(spool.Config{Dir: b.dir, MaxBytes: spool.MinMaxBytes, Now: time.Now, Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	b.uploader = upload.New(upload.Config{Spool: b.spool, Sender: b.sender, Now: time.Now, Logger: logger})
}

// reopen starts anew, as after a crash.
func (b *bench) reopen(t *testing.T) {
	t.Helper()
	b.stop(t, time.Second)
	b.open(t)
}

func (b *bench) append(t *testing.T, n int) {
	t.Helper()
	for range n {
		b.appendTo(t, "lrn_t", call)
	}
}

// call is a witness as a line.
const call = `{"method":"GET","template":"/a"}` + "\n"

func (b *bench) appendTo(t *testing.T, trace, lines string) {
	t.Helper()
	batch := spool.Batch{ProjectID: "svc_p", TraceID: trace, Records: []byte(lines), Count: strings.Count(lines, "\n")}
	if err := b.spool.Append(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
}

// stop stops the uploader within limit, and closes the spool.
func (b *bench) stop(t *testing.T, limit time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	b.uploader.Stop(ctx)
	b.uploader.Stop(ctx)
	if err := b.spool.Close(); err != nil {
		t.Error(err)
	}
}

func status(code int, problem string) error {
	return &cloud.StatusError{Operation: "upload", Status: code, Code: problem}
}

func TestEverythingIsSentOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := setup(t)
		b.append(t, 20)
		b.uploader.Start()
		b.append(t, 20)
		<-time.After(time.Minute) // of the bubble's time
		synctest.Wait()
		if tries, taken := b.counts(); tries > 21 || taken != 40 || b.calls != 40 {
			t.Errorf("%d tries, %d taken with %d calls; want 40, the first 20 together", tries, taken, b.calls)
		}
		if got := b.spool.Stats().Pending; got != 0 {
			t.Errorf("%d witnesses are left", got)
		}
		b.stop(t, time.Second)
	})
}

func TestBundleOfSeveralTraces(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := setup(t)
		batch := spool.Batch{
			ProjectID: "svc_p", TraceID: "lrn_t", Also: []string{"lrn_u"}, Repeats: []string{"lrn_v", "lrn_w"},
			Records: []byte(call), Count: 1,
		}
		if err := b.spool.Append(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
		b.append(t, 1)
		b.uploader.Start()
		synctest.Wait()
		if tries, taken := b.counts(); tries != 2 || taken != 2 {
			t.Errorf("%d tries, %d taken, want a parcel of each", tries, taken)
		}
		sent := b.of["lrn_u"]
		if sent.Trace != "lrn_t" || !slices.Equal(sent.Repeats, batch.Repeats) || sent.MediaType != delta.MediaType {
			t.Errorf("sent is %+v", sent)
		}
		b.stop(t, time.Second)
	})
}

func TestOutcomesOfABundle(t *testing.T) {
	t.Parallel()
	away := errors.New("connection refused")
	malformed, tooLarge := status(400, "invalid_request"), status(413, "too_large")
	for name, c := range map[string]struct {
		errs     []error
		taken    int
		rejected uint64
		atLeast  time.Duration // until it is taken
	}{
		"taken at once":        {nil, 1, 0, 0},
		"the server is away":   {[]error{away, away, away}, 1, 0, 0},
		"the server is broken": {[]error{status(500, ""), status(502, "")}, 1, 0, 0},
		"the server asks to wait": {
			[]error{&cloud.StatusError{Status: 503, RetryAfter: time.Minute}}, 1, 0, time.Minute,
		},
		"the server has too much to do": {
			[]error{&cloud.StatusError{Status: 429, RetryAfter: 90 * time.Second}}, 1, 0, 90 * time.Second,
		},
		"the key is refused, for a while": {
			[]error{status(401, "unauthenticated"), status(403, "forbidden")}, 1, 0, time.Minute,
		},
		"a proxy refuses, for a while":     {[]error{status(401, ""), status(403, "")}, 1, 0, 0},
		"a proxy knows nothing of it":      {[]error{status(404, "")}, 1, 0, 0},
		"the project is gone":              {[]error{status(404, "project_not_found")}, 0, 1, 0},
		"the trace is gone":                {[]error{status(404, "trace_not_found")}, 0, 1, 0},
		"it is malformed":                  {[]error{malformed, malformed}, 0, 1, 0},
		"it is too large":                  {[]error{tooLarge, tooLarge}, 0, 1, 0},
		"it is too large, after an outage": {[]error{away, tooLarge, tooLarge}, 0, 1, 0},
		"only the sum is refused":          {[]error{malformed}, 1, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := setup(t, c.errs...)
				b.append(t, 1)
				began := time.Now()
				b.uploader.Start()
				<-time.After(time.Hour) // of the bubble's time
				synctest.Wait()
				tries, taken := b.counts()
				if taken != c.taken || b.spool.Stats().Rejected != c.rejected {
					t.Errorf("%d taken, %d rejected; want %d, %d", taken, b.spool.Stats().Rejected, c.taken, c.rejected)
				}
				if want := max(len(c.errs)+c.taken, 1); tries != want {
					t.Errorf("%d tries, want %d", tries, want)
				}
				if took := b.lastTry().Sub(began); took < c.atLeast || took > c.atLeast+15*time.Second {
					t.Errorf("it took %v, want %v or a little more", took, c.atLeast)
				}
				if said := strings.Contains(b.log.String(), "refused some witnesses"); said != (c.rejected > 0) {
					t.Errorf("log is %q", b.log)
				}
				b.stop(t, time.Second)
			})
		})
	}
}

// What fits on disk is kept, and sent when the server is back. The oldest of the rest is
// dropped and counted.
func TestServerAwayForAnHour(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		size  int // bytes of a batch; there is one a minute
		drops bool
	}{
		"there is room":     {100 << 10, false},
		"the spool is full": {1 << 20, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := setup(t)
				b.down(errors.New("connection refused"))
				b.uploader.Start()
				const minutes = 60
				lines := make([]byte, c.size)
				_, _ = rand.NewChaCha8([32]byte{}).Read(lines) // never fails; zstd makes it no smaller
				copy(lines, call)                              // the rest is not a witness, so it is sent as it is
				for range minutes {
					batch := spool.Batch{ProjectID: "svc_p", TraceID: "lrn_t", Records: lines, Count: 1}
					if err := b.spool.Append(t.Context(), batch); err != nil {
						t.Fatal(err)
					}
					<-time.After(time.Minute)
				}
				stats := b.spool.Stats()
				if stats.Bytes > spool.MinMaxBytes || stats.Dropped > 0 != c.drops ||
					stats.Pending+int64(stats.Dropped) != minutes {
					t.Errorf("after an hour: %+v", stats)
				}
				b.down(nil)
				<-time.After(16 * time.Second) // a little more than the longest wait between two tries
				synctest.Wait()
				if _, taken := b.counts(); taken != minutes-int(stats.Dropped) || b.spool.Stats().Pending != 0 {
					t.Errorf("%d bundles were taken of %d, %d wait", taken, minutes-int(stats.Dropped), b.spool.Stats().Pending)
				}
				if n := strings.Count(b.log.String(), "witnesses were dropped"); n > minutes || c.drops != (n > 0) {
					t.Errorf("said %d times that something was dropped", n)
				}
				b.stop(t, time.Second)
			})
		})
	}
}

func TestFailingBundleDoesNotBlockOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := setup(t, &cloud.StatusError{Status: 500, RetryAfter: time.Hour})
		for trace := range 50 {
			b.appendTo(t, fmt.Sprint("lrn_", trace), call)
		}
		b.uploader.Start()
		<-time.After(time.Minute) // of the bubble's time
		synctest.Wait()
		if _, taken := b.counts(); taken != 49 {
			t.Errorf("%d taken, want 49", taken)
		}
		b.stop(t, time.Second)
		if _, taken := b.counts(); taken != 50 {
			t.Errorf("%d taken after a last try, want 50", taken)
		}
	})
}

func TestStopTriesOnceMore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		away := errors.New("connection refused")
		var errs []error
		for range 10_000 {
			errs = append(errs, away)
		}
		b := setup(t, errs...)
		b.uploader.Start()
		b.append(t, 10)
		synctest.Wait()
		began := time.Now()
		b.uploader.Stop(t.Context())
		if took := time.Since(began); took != 0 {
			t.Errorf("it took %v: stop must beat sleep", took)
		}
		if got := b.spool.Stats().Pending; got != 10 {
			t.Errorf("%d witnesses are left, want all 10", got)
		}
		b.stop(t, time.Second)
	})
}

func TestStopIsBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := setup(t)
		b.hang = true
		b.append(t, 10)
		b.uploader.Start()
		synctest.Wait()
		began := time.Now()
		b.stop(t, 5*time.Second)
		if took := time.Since(began); took != 5*time.Second {
			t.Errorf("it took %v, want 5 s", took)
		}
	})
}

func TestStopWithoutStart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		setup(t).stop(t, time.Second)
	})
}

// A server that has some bundles of a parcel says which: they are done, and the others are sent.
func TestSomeBundlesAreKnown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := setup(t)
		b.append(t, 5)
		bundles, err := b.spool.Next(t.Context(), 2, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		for _, known := range bundles { // the server has them, and the answer was lost
			b.taken[known.ID]++
		}
		b.reopen(t)
		b.uploader.Start()
		synctest.Wait()
		if _, taken := b.counts(); taken != 5 || b.calls != 3 || b.spool.Stats().Pending != 0 {
			t.Errorf("%d taken, %d calls, %d left; want 5, the 3 that the server did not have, 0",
				taken, b.calls, b.spool.Stats().Pending)
		}
		b.stop(t, time.Second)
	})
}

func TestBundlesOfEachTraceAreFoldedTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := setup(t)
		for i := range 10 {
			b.appendTo(t, fmt.Sprint("lrn_", i%2), call+call)
		}
		b.appendTo(t, "lrn_0", "{}\n") // no witness, which the server is to say
		b.uploader.Start()
		synctest.Wait()
		want := map[string]int{delta.MediaType: 2, witness.MediaType: 1}
		if _, taken := b.counts(); taken != 11 || b.calls != 21 || !maps.Equal(b.forms, want) {
			t.Errorf("%d bundles with %d calls are taken in %v, want 11, 21, %v", taken, b.calls, b.forms, want)
		}
		b.stop(t, time.Second)
	})
}

// An older server does not know deltas. It gets witnesses, and is asked again later.
func TestServerThatKnowsNoDeltas(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := setup(t, status(415, "unsupported_media_type"))
		b.append(t, 3)
		b.uploader.Start()
		synctest.Wait()
		b.append(t, 1)
		<-time.After(time.Minute) // of the bubble's time
		synctest.Wait()
		if want := (map[string]int{witness.MediaType: 4}); !maps.Equal(b.forms, want) || b.calls != 4 {
			t.Errorf("%d calls are taken in %v, want 4 in %v", b.calls, b.forms, want)
		}
		<-time.After(2 * time.Hour) // of the bubble's time
		b.append(t, 1)
		synctest.Wait()
		if b.forms[delta.MediaType] != 1 {
			t.Errorf("two hours later, %v are taken, want a delta", b.forms)
		}
		b.stop(t, time.Second)
	})
}

// What has piled up is sent without pauses.
func TestNoPauseWhileMoreIsWaiting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := setup(t)
		for i := range 1000 {
			b.appendTo(t, fmt.Sprint("lrn_", i), strings.Repeat(call, 100)) // 1000 bundles of as many traces
		}
		began := time.Now()
		b.uploader.Start()
		<-time.After(time.Minute) // of the bubble's time
		synctest.Wait()
		if _, taken := b.counts(); taken != 1000 {
			t.Errorf("%d bundles are taken, want all", taken)
		}
		if took := b.lastTry().Sub(began); took > 0 {
			t.Errorf("it took %v, want no pause", took)
		}
		b.stop(t, time.Second)
	})
}

// Under load, calls are left to gather, but for at most a second.
func TestPauseGrowsWithTheLoad(t *testing.T) {
	t.Parallel()
	for witnesses, want := range map[int]time.Duration{1: 0, 1000: 500 * time.Millisecond, 10_000: time.Second} {
		t.Run(fmt.Sprint(witnesses), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := setup(t)
				b.uploader.Start()
				b.appendTo(t, "lrn_t", strings.Repeat(call, witnesses))
				synctest.Wait()
				began := time.Now()
				b.append(t, 1)
				<-time.After(time.Minute) // of the bubble's time
				synctest.Wait()
				if waited := b.lastTry().Sub(began).Truncate(time.Millisecond); waited != want {
					t.Errorf("after %d witnesses, the next one waits %v, want %v", witnesses, waited, want)
				}
				b.stop(t, time.Second)
			})
		})
	}
}
