package sqlitequeue_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"akita/internal/queue"
	"akita/internal/queue/queuetest"
	"akita/internal/queue/sqlitequeue"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t testing.TB, c sqlitequeue.Config) *sqlitequeue.Queue {
	t.Helper()
	if c.Path == "" {
		c.Path = filepath.Join(t.TempDir(), "queue.db")
	}
	q, err := sqlitequeue.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := q.Close(); err != nil {
			t.Error(err)
		}
	})
	return q
}

func item(n int) queue.Item {
	return queue.Item{BundleID: fmt.Sprint("bdl_", n), ProjectID: "svc_1", TraceID: "lrn_1", Witnesses: 1, Payload: make([]byte, 100)}
}

func appendTo(t *testing.T, q queue.Queue, n int) (duplicate bool) {
	t.Helper()
	duplicate, err := q.Append(t.Context(), item(n))
	if err != nil {
		t.Fatal(err)
	}
	return duplicate
}

func release(t *testing.T, q queue.Queue, upTo int64) {
	t.Helper()
	if err := q.Release(t.Context(), upTo); err != nil {
		t.Fatal(err)
	}
}

func positions(t *testing.T, q queue.Queue) (positions []int64) {
	t.Helper()
	items, err := q.Read(t.Context(), 0, 1000, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range items {
		positions = append(positions, i.Position)
	}
	return positions
}

func TestConformance(t *testing.T) {
	t.Parallel()
	queuetest.Run(t, func(t testing.TB) queue.Queue { return open(t, sqlitequeue.Config{}) })
}

func TestItemsAreThereAfterReopening(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "queue.db")
	q := open(t, sqlitequeue.Config{Path: path})
	for n := range 3 {
		appendTo(t, q, n)
	}
	all := positions(t, q)
	release(t, q, all[0])
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}

	q = open(t, sqlitequeue.Config{Path: path})
	if items, bytes, _ := q.Depth(t.Context()); items != 2 || bytes != 200 {
		t.Errorf("depth is %d items, %d bytes; want 2, 200", items, bytes)
	}
	for n := range 3 {
		if !appendTo(t, q, n) {
			t.Errorf("bundle %d is not known any more", n)
		}
	}
	release(t, q, all[2])
	appendTo(t, q, 3)
	if got := positions(t, q); len(got) != 1 || got[0] <= all[2] {
		t.Errorf("positions %v, want one after %d", got, all[2])
	}
}

func TestPositionsComeAfterThoseOfTheStore(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "queue.db")
	for _, c := range []struct{ after, want int64 }{
		{41, 42},
		{0, 43}, // ahead of the store already
		{42, 44},
		{100, 101},
	} {
		q := open(t, sqlitequeue.Config{Path: path, After: c.after})
		appendTo(t, q, int(c.want))
		all := positions(t, q)
		if got := all[len(all)-1]; got != c.want {
			t.Errorf("after %d comes %d, want %d", c.after, got, c.want)
		}
		if err := q.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFull(t *testing.T) {
	t.Parallel()
	q := open(t, sqlitequeue.Config{MaxBytes: 250})
	appendTo(t, q, 1)
	appendTo(t, q, 2)
	if _, err := q.Append(t.Context(), item(3)); !errors.Is(err, queue.ErrFull) {
		t.Fatalf("got %v, want ErrFull", err)
	}
	if !appendTo(t, q, 1) {
		t.Error("a bundle that is there is not known because the queue is full")
	}
	release(t, q, positions(t, q)[0])
	appendTo(t, q, 3) // room again
}

func TestFullWithManyAtOnce(t *testing.T) {
	t.Parallel()
	q := open(t, sqlitequeue.Config{MaxBytes: 1000})
	var mu sync.Mutex
	taken, refused := 0, 0
	var wg sync.WaitGroup
	for n := range 50 {
		wg.Go(func() {
			_, err := q.Append(t.Context(), item(n))
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				taken++
			case errors.Is(err, queue.ErrFull):
				refused++
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if taken != 10 || refused != 40 {
		t.Errorf("%d taken and %d refused, want 10 and 40", taken, refused)
	}
}

func TestDiskFull(t *testing.T) {
	t.Parallel()
	q := open(t, sqlitequeue.Config{})
	appendTo(t, q, 1)
	if err := q.LimitFile(t.Context()); err != nil {
		t.Fatal(err)
	}
	big := item(2)
	big.Payload = make([]byte, 1<<20)
	if _, err := q.Append(t.Context(), big); !errors.Is(err, queue.ErrFull) {
		t.Fatalf("got %v, want ErrFull", err)
	}
	if items, bytes, _ := q.Depth(t.Context()); items != 1 || bytes != 100 {
		t.Errorf("depth is %d items, %d bytes; want what it was", items, bytes)
	}
	release(t, q, positions(t, q)[0]) // still works
	appendTo(t, q, 3)
}

func TestIDsAreForgottenInTheEnd(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		config sqlitequeue.Config
		want   map[int]bool // whether the bundle is known in the end
	}{
		"by custom all":         {sqlitequeue.Config{}, map[int]bool{0: true, 1: true, 2: true, 3: true}},
		"after some days":       {sqlitequeue.Config{RememberFor: 36 * time.Hour}, map[int]bool{0: false, 1: false, 2: true, 3: true}},
		"beyond some number":    {sqlitequeue.Config{RememberIDs: 3}, map[int]bool{0: false, 1: true, 2: true, 3: true}},
		"whichever comes first": {sqlitequeue.Config{RememberFor: 12 * time.Hour, RememberIDs: 2}, map[int]bool{0: false, 1: false, 2: false, 3: true}},
	} {
		now := time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC)
		c.config.Now = func() time.Time { return now }
		q := open(t, c.config)
		for n := range 4 { // one a day
			appendTo(t, q, n)
			now = now.Add(24 * time.Hour)
		}
		now = now.Add(-24 * time.Hour)
		release(t, q, positions(t, q)[3])
		for n, want := range c.want {
			if got := appendTo(t, q, n); got != want {
				t.Errorf("%s: bundle %d known: %t, want %t", name, n, got, want)
			}
		}
	}
}

func TestHeldIDsAreNeverForgotten(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC)
	q := open(t, sqlitequeue.Config{RememberFor: time.Hour, Now: func() time.Time { return now }})
	appendTo(t, q, 1)
	appendTo(t, q, 2)
	now = now.Add(24 * time.Hour)
	release(t, q, positions(t, q)[0])
	if appendTo(t, q, 1) {
		t.Error("the released bundle is still known")
	}
	if !appendTo(t, q, 2) {
		t.Error("the bundle that waits is forgotten: it would be counted twice")
	}
}
