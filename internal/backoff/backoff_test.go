package backoff_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"akita/internal/backoff"
)

func TestBoundDoublesUpToMax(t *testing.T) {
	t.Parallel()
	const ms = time.Millisecond
	bounds := []time.Duration{100 * ms, 200 * ms, 400 * ms, 800 * ms, 1000 * ms, 1000 * ms}
	longest := make([]time.Duration, len(bounds))
	for range 2000 {
		b := backoff.Backoff{Base: 100 * ms, Max: time.Second}
		for i, bound := range bounds {
			wait := b.Next(0)
			if wait < 0 || wait > bound {
				t.Fatalf("try %d: %v, want up to %v", i, wait, bound)
			}
			longest[i] = max(longest[i], wait)
		}
	}
	for i, bound := range bounds {
		if longest[i] < bound*9/10 {
			t.Errorf("try %d: never more than %v in 2000 runs, the bound is %v", i, longest[i], bound)
		}
	}
}

func TestManyWaitsDoNotOverflow(t *testing.T) {
	t.Parallel()
	b := backoff.Backoff{Base: time.Second, Max: time.Minute}
	for range 1000 {
		if wait := b.Next(0); wait < 0 || wait > time.Minute {
			t.Fatalf("wait is %v", wait)
		}
	}
}

func TestAtLeastIsALowerBound(t *testing.T) {
	t.Parallel()
	b := backoff.Backoff{Base: 100 * time.Millisecond, Max: time.Second}
	for range 100 {
		if wait := b.Next(time.Minute); wait < time.Minute || wait > time.Minute+b.Base {
			t.Fatalf("wait is %v", wait)
		}
	}
}

func TestResetStartsFromBase(t *testing.T) {
	t.Parallel()
	b := backoff.Backoff{Base: time.Millisecond, Max: time.Hour}
	for range 100 {
		b.Next(0)
		b.Next(0)
		b.Reset()
		if wait := b.Next(0); wait > time.Millisecond {
			t.Fatalf("wait is %v", wait)
		}
		b.Reset()
	}
}

func TestSleep(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		if err := backoff.Sleep(t.Context(), time.Minute); err != nil || time.Since(began) != time.Minute {
			t.Errorf("slept %v, %v", time.Since(began), err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		began = time.Now()
		if err := backoff.Sleep(ctx, time.Minute); !errors.Is(err, context.Canceled) || time.Since(began) != time.Second {
			t.Errorf("slept %v, %v; want the end of ctx to end it", time.Since(began), err)
		}
	})
}
