package spool

import (
	"errors"
	"testing"
	"time"
)

func namedBatch(trace, client, id, text string) Batch {
	b := lines(text)
	b.TraceID, b.Client, b.ID = trace, client, id
	return b
}

// A client may number its batches in each trace from 1.
func TestBatchKeyHoldsTheTrace(t *testing.T) {
	t.Parallel()
	config := testConfig(t, t.TempDir())
	s := mustOpen(t, config)
	mustAppend(t, s, namedBatch("lrn_a", "web", "1", "a/1"))
	mustAppend(t, s, namedBatch("lrn_b", "web", "1", "b/1"))
	if got, want := texts(t, waiting(t, s)), "a/1 b/1 "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	mustClose(t, s)
	s = mustOpen(t, config)
	mustAppend(t, s, namedBatch("lrn_a", "web", "1", "a/1"))
	mustAppend(t, s, namedBatch("lrn_b", "web", "1", "b/1"))
	if got, want := texts(t, waiting(t, s)), "a/1 b/1 "; got != want {
		t.Errorf("after a restart: %q, want %q", got, want)
	}
}

// Keys are remembered for ten minutes; the witnesses of that time must not stay in memory.
func TestKnownBatchDoesNotKeepItsWitnesses(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, testConfig(t, t.TempDir()))
	mustAppend(t, s, namedBatch("lrn_a", "web", "1", "a/1"))
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.batches.known) != 1 {
		t.Fatalf("%d batches are known", len(s.batches.known))
	}
	for _, c := range s.batches.known {
		if c.batches != nil {
			t.Errorf("%d batches are held", len(c.batches))
		}
	}
}

// The age of a key is that of the success, not of an earlier try that failed.
func TestBatchIsRememberedFromItsSuccess(t *testing.T) {
	t.Parallel()
	config := testConfig(t, t.TempDir())
	now := newClock()
	config.Now = now.Now
	d := &disk{}
	s := mustOpenWith(t, config, d.create)
	fail := func(err error) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.failSync = err
	}
	broken := errors.New("input/output error")
	fail(broken)
	one := namedBatch("lrn_a", "web", "1", "one")
	if err := s.Append(t.Context(), one); !errors.Is(err, broken) {
		t.Fatalf("Append: %v", err)
	}
	fail(nil)
	now.advance(batchMemory - time.Second)
	mustAppend(t, s, one)
	now.advance(2 * time.Second)
	mustAppend(t, s, namedBatch("lrn_a", "web", "2", "two")) // forgets what is old
	mustAppend(t, s, one)
	if got, want := texts(t, waiting(t, s)), "one two "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
