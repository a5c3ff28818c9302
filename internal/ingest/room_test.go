package ingest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"akita/internal/ingest"
)

// arriving are bundles whose bodies come to their end with the test's leave.
type arriving struct {
	t        *testing.T
	acceptor *ingest.Acceptor
	ends     []*io.PipeWriter
	results  chan error
}

// send begins to accept a bundle of the length that is announced, 0 for none.
func (a *arriving) send(length int64) {
	body, end := io.Pipe()
	a.ends = append(a.ends, end)
	go func() {
		_, _, err := a.acceptor.Accept(a.t.Context(), ingest.Bundle{ID: "b", Body: body, Length: length})
		a.results <- err
	}()
	synctest.Wait()
}

// end ends all bodies, and with them the bundles, which hold nothing.
func (a *arriving) end() {
	for _, end := range a.ends {
		must(a.t, end.Close())
	}
	for range a.ends {
		if err := <-a.results; !errors.Is(err, ingest.ErrMalformed) {
			a.t.Errorf("got %v, want ErrMalformed", err)
		}
	}
	a.ends = nil
}

func TestArrivingBundlesTakeBoundedMemory(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		announced int64
		fit       int
	}{
		"of unknown length": {0, 8},
		"of the most":       {ingest.MaxSentBytes, 8},
		"of too much":       {ingest.MaxSentBytes * 100, 8},
		"of half the most":  {ingest.MaxSentBytes / 2, 16},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { // the wait takes no time
				p := setup(t)
				a := &arriving{t: t, acceptor: ingest.NewAcceptor(p.queue), results: make(chan error, c.fit)}
				whole := func(ctx context.Context) error {
					_, _, err := a.acceptor.Accept(ctx, ingest.Bundle{ID: "whole", Body: bytes.NewReader(lines("a", 1))})
					return err
				}
				for range c.fit {
					a.send(c.announced)
				}
				began := time.Now()
				if err := whole(t.Context()); !errors.Is(err, ingest.ErrFull) || time.Since(began) != 5*time.Second {
					t.Errorf("got %v after %s, want ErrFull after 5 s", err, time.Since(began))
				}
				gone, cancel := context.WithCancel(t.Context())
				cancel()
				if err := whole(gone); !errors.Is(err, context.Canceled) || errors.Is(err, ingest.ErrFull) {
					t.Errorf("got %v for who has gone", err)
				}
				a.end()
				must(t, whole(t.Context())) // there is room again
			})
		})
	}
}
