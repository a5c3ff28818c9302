// The conformance suite queuetest covers the methods of Queue in append.go and
// read.go; the tests here cover the limits, the file and its reopening.
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
	return queue.Item{
		BundleID: fmt.Sprint("bdl_", n), ProjectID: "svc_1", TraceID: "lrn_1", Witnesses: 1, Payload: make([]byte, 100),
	}
}

func appendTo(t *testing.T, q queue.Queue, n int) (duplicate bool) {
	t.Helper()
	known, err := q.Append(t.Context(), item(n))
	if err != nil {
		t.Fatal(err)
	}
	return len(known) > 0
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

func TestItemsSurviveReopening(t *testing.T) {
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
			t.Errorf("bundle %d is not a duplicate after reopening", n)
		}
	}
	release(t, q, all[2])
	appendTo(t, q, 3)
	if got := positions(t, q); len(got) != 1 || got[0] <= all[2] {
		t.Errorf("positions %v, want one after %d", got, all[2])
	}
}

func TestPositionsFollowThoseOfTheStore(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "queue.db")
	for _, c := range []struct{ after, want int64 }{
		{41, 42},
		{0, 43}, // the queue is ahead of the store
		{42, 44},
		{100, 101},
	} {
		q := open(t, sqlitequeue.Config{Path: path, After: c.after})
		appendTo(t, q, int(c.want))
		all := positions(t, q)
		if got := all[len(all)-1]; got != c.want {
			t.Errorf("After: %d: the next position is %d, want %d", c.after, got, c.want)
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
		t.Error("a duplicate is not recognized while the queue is full")
	}
	release(t, q, positions(t, q)[0])
	appendTo(t, q, 3) // there is space again
}

func TestFullWithConcurrentAppends(t *testing.T) {
	t.Parallel()
	q := open(t, sqlitequeue.Config{MaxBytes: 1000})
	var mu sync.Mutex
	added, refused := 0, 0
	var wg sync.WaitGroup
	for n := range 50 {
		wg.Go(func() {
			_, err := q.Append(t.Context(), item(n))
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				added++
			case errors.Is(err, queue.ErrFull):
				refused++
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if added != 10 || refused != 40 {
		t.Errorf("%d added and %d refused, want 10 and 40", added, refused)
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
		t.Errorf("depth is %d items, %d bytes; want 1, 100", items, bytes)
	}
	release(t, q, positions(t, q)[0]) // still works
	appendTo(t, q, 3)
}

func TestOldIDsAreDeleted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		config sqlitequeue.Config
		want   []bool // whether the bundle with the index is a duplicate in the end
	}{
		"defaults":  {sqlitequeue.Config{}, []bool{true, true, true, true}},
		"by age":    {sqlitequeue.Config{RememberFor: 36 * time.Hour}, []bool{false, false, true, true}},
		"by number": {sqlitequeue.Config{RememberIDs: 3}, []bool{false, true, true, true}},
		"by both":   {sqlitequeue.Config{RememberFor: 12 * time.Hour, RememberIDs: 2}, []bool{false, false, false, true}},
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
				t.Errorf("%s: bundle %d is a duplicate: %t, want %t", name, n, got, want)
			}
		}
	}
}

func TestIDsOfHeldItemsAreKept(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC)
	q := open(t, sqlitequeue.Config{RememberFor: time.Hour, Now: func() time.Time { return now }})
	appendTo(t, q, 1)
	appendTo(t, q, 2)
	now = now.Add(24 * time.Hour)
	release(t, q, positions(t, q)[0])
	if appendTo(t, q, 1) {
		t.Error("the id of the released bundle was not deleted")
	}
	if !appendTo(t, q, 2) {
		t.Error("the id of a waiting bundle was deleted: it would count twice")
	}
}
