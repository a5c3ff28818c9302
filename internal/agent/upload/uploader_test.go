package upload_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"akita/internal/agent/cloud"
	"akita/internal/agent/spool"
	"akita/internal/agent/upload"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// sender is a server that answers with errs one after the other, and accepts everything
// after that. Its methods are safe for concurrent use.
type sender struct {
	mu    sync.Mutex
	errs  []error
	tries []time.Time
	taken map[string]int // by bundle id
	query string         // of the last bundle that was taken
	hang  bool           // answers only when the context ends
	away  error          // if it is not nil, every call returns it
}

func (s *sender) PutBundle(ctx context.Context, _, _, bundle string, query url.Values, _ []byte) error {
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
	s.taken[bundle]++
	s.query = query.Encode()
	return nil
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
}

func setup(t *testing.T, errs ...error) *bench {
	t.Helper()
	b := &bench{sender: &sender{errs: errs, taken: make(map[string]int)}, log: &bytes.Buffer{}}
	logger := slog.New(slog.NewTextHandler(b.log, nil))
	var err error
	b.spool, err = spool.Open(spool.Config{Dir: t.TempDir(), MaxBytes: spool.MinMaxBytes, Now: time.Now, Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	b.uploader = upload.New(upload.Config{Spool: b.spool, Sender: b.sender, Now: time.Now, Logger: logger})
	return b
}

func (b *bench) append(t *testing.T, n int) {
	t.Helper()
	for range n {
		batch := spool.Batch{ProjectID: "svc_p", TraceID: "lrn_t", Lines: []byte("{}\n"), Count: 1}
		if err := b.spool.Append(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
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
		synctest.Wait()
		if tries, taken := b.counts(); tries != 40 || taken != 40 {
			t.Errorf("%d tries, %d taken; want 40 of each", tries, taken)
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
			Lines: []byte("{}\n"), Count: 1,
		}
		if err := b.spool.Append(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
		b.uploader.Start()
		synctest.Wait()
		if b.query != "also=lrn_u&repeats=lrn_v&repeats=lrn_w" {
			t.Errorf("sent with %q", b.query)
		}
		b.stop(t, time.Second)
	})
}

func TestOutcomesOfABundle(t *testing.T) {
	t.Parallel()
	away := errors.New("connection refused")
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
		"it is malformed":                  {[]error{status(400, "invalid_request")}, 0, 1, 0},
		"it is too large":                  {[]error{status(413, "too_large")}, 0, 1, 0},
		"it is too large, after an outage": {[]error{away, status(413, "too_large")}, 0, 1, 0},
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
				for range minutes {
					batch := spool.Batch{ProjectID: "svc_p", TraceID: "lrn_t", Lines: lines, Count: 1}
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
		b.append(t, 50)
		b.uploader.Start()
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
