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

// arriving sends bundles whose bodies stay open until the test calls end.
type arriving struct {
	t        *testing.T
	acceptor *ingest.Acceptor
	ends     []*io.PipeWriter
	results  chan error
}

// send starts to send a bundle with the given Content-Length, 0 for none.
func (a *arriving) send(length int64) {
	body, end := io.Pipe()
	a.ends = append(a.ends, end)
	go func() {
		_, _, err := a.acceptor.Accept(a.t.Context(), ingest.Bundle{ID: "b", Body: body, Length: length})
		a.results <- err
	}()
	synctest.Wait()
}

// end closes all bodies, which are empty and therefore malformed.
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
		"unknown length":      {0, 8},
		"maximum length":      {ingest.MaxSentBytes, 8},
		"too long":            {ingest.MaxSentBytes * 100, 8},
		"half of the maximum": {ingest.MaxSentBytes / 2, 16},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { // with a fake clock
				p := setup(t)
				a := &arriving{t: t, acceptor: ingest.NewAcceptor(p.queue), results: make(chan error, c.fit)}
				whole := func(ctx context.Context) error {
					bundle := ingest.Bundle{ID: "whole", Body: bytes.NewReader(lines("a", 1))}
					_, _, err := a.acceptor.Accept(ctx, bundle)
					return err
				}
				for range c.fit {
					a.send(c.announced)
				}
				began := time.Now()
				if err := whole(t.Context()); !errors.Is(err, ingest.ErrFull) || time.Since(began) != 5*time.Second {
					t.Errorf("got %v after %s, want ErrFull after 5 s", err, time.Since(began))
				}
				canceled, cancel := context.WithCancel(t.Context())
				cancel()
				if err := whole(canceled); !errors.Is(err, context.Canceled) || errors.Is(err, ingest.ErrFull) {
					t.Errorf("canceled context: got %v, want %v", err, context.Canceled)
				}
				a.end()
				must(t, whole(t.Context())) // the memory is released
			})
		})
	}
}
