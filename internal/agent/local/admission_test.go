package local

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
)

func TestOneRequestHoldsALargeEvent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAdmission()
		acquire, release := a.acquireLarge(t.Context())
		if err := acquire(); err != nil {
			t.Fatal(err)
		}
		acquireSecond, releaseSecond := a.acquireLarge(t.Context())
		second := make(chan error)
		go func() { second <- acquireSecond() }()
		synctest.Wait()
		select {
		case err := <-second:
			t.Fatalf("the second request did not wait: %v", err)
		default:
		}
		release()
		if err := <-second; err != nil {
			t.Error(err)
		}
		releaseSecond()
	})
}

func TestReleaseWithoutAcquire(t *testing.T) {
	t.Parallel()
	a := newAdmission()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	acquire, release := a.acquireLarge(ctx)
	if !a.large.TryAcquire(maxLarge) {
		t.Fatal("nothing is free at the start")
	}
	if err := acquire(); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	release()
	if a.large.TryAcquire(1) {
		t.Error("release gave back what was not acquired")
	}
}
