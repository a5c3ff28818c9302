// Package queuetest is the conformance suite of queue.Queue.
package queuetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"akita/internal/queue"
)

// Run tests an implementation. Each call of open must return a new, empty queue
// with space for at least a megabyte, which is closed when the test ends.
func Run(t *testing.T, open func(t testing.TB) queue.Queue) {
	for name, test := range map[string]func(*testing.T, fixture){
		"Empty":                     testEmpty,
		"ReadReturnsAppendOrder":    testOrder,
		"ReadIsBounded":             testReadIsBounded,
		"EmptyPayload":              testEmptyPayload,
		"DuplicateIsAddedOnce":      testDuplicate,
		"ConcurrentDuplicates":      testDuplicateRace,
		"SeveralBundlesInOneItem":   testSeveralBundles,
		"ConcurrentAppends":         testConcurrentAppends,
		"Release":                   testRelease,
		"ReleasedBundleIsDuplicate": testReleasedIsDuplicate,
		"PositionsAreNotReused":     testPositionsAreNotReused,
		"Drop":                      testDrop,
		"DropOfSharedItems":         testDropShared,
		"PurgeKeepsTheRest":         testPurge,
		"Depth":                     testDepth,
		"NotifyAfterAppend":         testNotify,
		"NoNotifyAfterDuplicate":    testNoNotifyAfterDuplicate,
		"ReaderMissesNothing":       testReaderMissesNothing,
		"CanceledContext":           testCanceledContext,
		"CloseFailsPendingAppends":  testClosed,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, fixture{t, open(t)})
		})
	}
}

type fixture struct {
	t *testing.T
	queue.Queue
}

// item returns the test item with the given number.
func item(n int) queue.Item {
	return queue.Item{
		BundleID:  fmt.Sprint("bdl_", n),
		ProjectID: fmt.Sprint("svc_", n%2),
		TraceID:   fmt.Sprint("lrn_", n%3),
		Witnesses: n,
		Payload:   bytes.Repeat([]byte{byte(n), 0, 0xff}, n%50+1),
	}
}

func (f fixture) append(numbers ...int) {
	f.t.Helper()
	for _, n := range numbers {
		known, err := f.Append(f.t.Context(), item(n))
		if err != nil || len(known) > 0 {
			f.t.Fatalf("append %d: known %q, %v", n, known, err)
		}
	}
}

// read returns all items after a position and checks their order and checksums.
func (f fixture) read(after int64) []queue.Item {
	f.t.Helper()
	items, err := f.Read(f.t.Context(), after, 1<<20, 1<<40)
	if err != nil {
		f.t.Fatal(err)
	}
	for _, i := range items {
		if i.Position <= after {
			f.t.Fatalf("position %d is not after %d", i.Position, after)
		}
		after = i.Position
		if want := crc32.Checksum(i.Payload, crc32.MakeTable(crc32.Castagnoli)); i.CRC32C != want {
			f.t.Fatalf("checksum of %s is %x, want %x", i.BundleID, i.CRC32C, want)
		}
		if i.Accepted.IsZero() || i.Accepted.Location() != time.UTC {
			f.t.Fatalf("%s was accepted at %v", i.BundleID, i.Accepted)
		}
	}
	return items
}

// wantItems checks that got are the items with the given numbers, in order.
func (f fixture) wantItems(got []queue.Item, numbers ...int) {
	f.t.Helper()
	if len(got) != len(numbers) {
		f.t.Fatalf("got %d items, want %v", len(got), numbers)
	}
	for i, n := range numbers {
		want := item(n)
		want.Position, want.CRC32C, want.Accepted = got[i].Position, got[i].CRC32C, got[i].Accepted
		if !reflect.DeepEqual(got[i], want) {
			f.t.Fatalf("item %d:\ngot  %+v\nwant %+v", i, got[i], want)
		}
	}
}

func (f fixture) release(upTo int64) {
	f.t.Helper()
	if err := f.Release(f.t.Context(), upTo); err != nil {
		f.t.Fatal(err)
	}
}

func (f fixture) wantDepth(items, bytes int64) {
	f.t.Helper()
	gotItems, gotBytes, err := f.Depth(f.t.Context())
	if err != nil || gotItems != items || gotBytes != bytes {
		f.t.Fatalf("depth is %d items, %d bytes, %v; want %d items, %d bytes", gotItems, gotBytes, err, items, bytes)
	}
}

func testEmpty(_ *testing.T, f fixture) {
	f.wantItems(f.read(0))
	f.wantDepth(0, 0)
	f.release(0)
	f.release(1000)
	f.append(1) // is not affected by an earlier release of a greater position
	f.wantItems(f.read(0), 1)
}

func testOrder(_ *testing.T, f fixture) {
	f.append(3, 1, 2)
	all := f.read(0)
	f.wantItems(all, 3, 1, 2)
	f.wantItems(f.read(all[0].Position), 1, 2)
	f.wantItems(f.read(all[2].Position))
	f.append(4)
	f.wantItems(f.read(all[2].Position), 4)
}

func testReadIsBounded(t *testing.T, f fixture) {
	f.append(10, 11, 12, 13)
	size := func(numbers ...int) (sum int64) {
		for _, n := range numbers {
			sum += int64(len(item(n).Payload))
		}
		return sum
	}
	for _, c := range []struct {
		maxItems int
		maxBytes int64
		want     []int
	}{
		{1, 1 << 20, []int{10}},
		{3, 1 << 20, []int{10, 11, 12}},
		{9, 1 << 20, []int{10, 11, 12, 13}},
		{9, size(10, 11), []int{10, 11}},
		{9, size(10, 11) - 1, []int{10}},
		{9, 1, []int{10}}, // at least one
		{9, 0, []int{10}},
	} {
		got, err := f.Read(t.Context(), 0, c.maxItems, c.maxBytes)
		if err != nil {
			t.Fatal(err)
		}
		f.wantItems(got, c.want...)
	}
}

func testEmptyPayload(t *testing.T, f fixture) {
	for id, payload := range map[string][]byte{"bdl_nil": nil, "bdl_empty": {}} {
		if _, err := f.Append(t.Context(), queue.Item{BundleID: id, Payload: payload}); err != nil {
			t.Fatal(err)
		}
	}
	for _, i := range f.read(0) {
		if len(i.Payload) != 0 {
			t.Errorf("%s has %d bytes, want none", i.BundleID, len(i.Payload))
		}
	}
	f.wantDepth(2, 0)
}

func testDuplicate(t *testing.T, f fixture) {
	f.append(1, 2)
	other := item(3)
	other.BundleID = item(1).BundleID // only the id decides
	for _, again := range []queue.Item{item(1), other} {
		known, err := f.Append(t.Context(), again)
		if err != nil || !slices.Equal(known, []string{item(1).BundleID}) {
			t.Fatalf("known %q, %v; want its id", known, err)
		}
	}
	f.wantItems(f.read(0), 1, 2)
}

// An item that holds several bundles is known by the id of each, and is added only if none is known.
func testSeveralBundles(t *testing.T, f fixture) {
	together := func(ids ...string) queue.Item {
		i := item(1)
		i.BundleID, i.With = ids[0], ids[1:]
		return i
	}
	for _, c := range []struct {
		item  queue.Item
		known []string
	}{
		{together("a", "b", "c"), nil},
		{together("a", "b", "c"), []string{"b", "c", "a"}},
		{together("b"), []string{"b"}},
		{together("d", "c", "e"), []string{"c"}},
		{together("d", "e"), nil},
		{together("e", "f"), []string{"e"}},
	} {
		known, err := f.Append(t.Context(), c.item)
		if err != nil || !slices.Equal(known, c.known) {
			t.Fatalf("append %s with %q: known %q, %v; want %q", c.item.BundleID, c.item.With, known, err, c.known)
		}
	}
	items := f.read(0)
	if len(items) != 2 || items[0].BundleID != "a" || items[1].BundleID != "d" {
		t.Fatalf("the queue holds %+v, want a and d", items)
	}
	f.release(items[1].Position)
	if known, err := f.Append(t.Context(), together("g", "b")); err != nil || !slices.Equal(known, []string{"b"}) {
		t.Errorf("after the release, known are %q, %v; want b", known, err)
	}
	f.wantDepth(0, 0)
}

func testDuplicateRace(t *testing.T, f fixture) {
	const senders, bundles = 8, 10
	var added [bundles]int
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range senders {
		wg.Go(func() {
			for n := range bundles {
				known, err := f.Append(t.Context(), item(n))
				if err != nil {
					t.Error(err)
				}
				if len(known) == 0 {
					mu.Lock()
					added[n]++
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	for n, times := range added {
		if times != 1 {
			t.Errorf("bundle %d was added %d times, want once", n, times)
		}
	}
	if n := len(f.read(0)); n != bundles {
		t.Errorf("%d items, want %d", n, bundles)
	}
}

func testConcurrentAppends(t *testing.T, f fixture) {
	const senders, each = 16, 25
	var wg sync.WaitGroup
	for s := range senders {
		wg.Go(func() {
			for n := range each {
				if known, err := f.Append(t.Context(), item(s*each+n)); err != nil || len(known) > 0 {
					t.Errorf("known %q, %v", known, err)
				}
			}
		})
	}
	wg.Wait()
	all := f.read(0)
	if len(all) != senders*each {
		t.Fatalf("%d items, want %d", len(all), senders*each)
	}
	last := map[int]int{} // by sender: the last bundle read
	for _, i := range all {
		if s := i.Witnesses / each; last[s] > i.Witnesses {
			t.Errorf("bundle %d of sender %d follows bundle %d", i.Witnesses, s, last[s])
		} else {
			last[s] = i.Witnesses
		}
	}
}

func testRelease(_ *testing.T, f fixture) {
	f.append(1, 2, 3)
	all := f.read(0)
	f.release(all[1].Position)
	f.wantItems(f.read(0), 3)
	f.release(all[1].Position) // again
	f.release(all[0].Position) // a position before the last
	f.wantItems(f.read(0), 3)
	f.release(all[2].Position)
	f.wantItems(f.read(0))
}

func testReleasedIsDuplicate(t *testing.T, f fixture) {
	f.append(1)
	f.release(f.read(0)[0].Position)
	if known, err := f.Append(t.Context(), item(1)); err != nil || len(known) != 1 {
		t.Fatalf("known %q, %v; want its id", known, err)
	}
	f.wantItems(f.read(0))
}

func testPositionsAreNotReused(_ *testing.T, f fixture) {
	f.append(1, 2)
	last := f.read(0)[1].Position
	f.release(last)
	f.append(3)
	f.wantItems(f.read(last), 3)
}

func testDrop(t *testing.T, f fixture) {
	f.append(1, 2, 3, 4, 5) // 1 and 4 have the same trace, 2 and 5 too
	for _, c := range []struct {
		traces  []string
		dropped int64
		rest    []int
	}{
		{nil, 0, []int{1, 2, 3, 4, 5}},
		{[]string{"unknown"}, 0, []int{1, 2, 3, 4, 5}},
		{[]string{"lrn_1"}, 2, []int{2, 3, 5}},
		{[]string{"lrn_1", "lrn_2", "lrn_0"}, 3, nil},
	} {
		dropped, err := f.Drop(t.Context(), c.traces)
		if err != nil || dropped != c.dropped {
			t.Fatalf("dropped %d of %v, %v; want %d", dropped, c.traces, err, c.dropped)
		}
		f.wantItems(f.read(0), c.rest...)
		bytes := int64(0)
		for _, n := range c.rest {
			bytes += int64(len(item(n).Payload))
		}
		f.wantDepth(int64(len(c.rest)), bytes)
	}
	if known, err := f.Append(t.Context(), item(1)); len(known) != 1 || err != nil {
		t.Errorf("the id of a dropped bundle is known: %q, %v", known, err)
	}
}

func testDropShared(t *testing.T, f fixture) {
	add := func(n int, traceID string, also, repeats []string) {
		i := item(n)
		i.TraceID, i.Also, i.Repeats = traceID, also, repeats
		if _, err := f.Append(t.Context(), i); err != nil {
			t.Fatal(err)
		}
	}
	add(1, "a", []string{"b", "c"}, nil)
	add(2, "b", nil, []string{"a", "c"})
	add(3, "a", []string{"d"}, nil)
	want := func(traces ...[3]string) {
		t.Helper()
		var got [][3]string
		for _, i := range f.read(0) {
			got = append(got, [3]string{i.TraceID, strings.Join(i.Also, " "), strings.Join(i.Repeats, " ")})
		}
		if !reflect.DeepEqual(got, traces) {
			t.Fatalf("items have %q, want %q", got, traces)
		}
	}
	want([3]string{"a", "b c", ""}, [3]string{"b", "", "a c"}, [3]string{"a", "d", ""})
	for _, c := range []struct {
		drop    []string
		dropped int64
		want    [][3]string
	}{
		{[]string{"a"}, 0, [][3]string{{"b", "c", ""}, {"b", "", "c"}, {"d", "", ""}}},
		{[]string{"c", "d"}, 1, [][3]string{{"b", "", ""}, {"b", "", ""}}},
		{[]string{"b"}, 2, nil},
	} {
		dropped, err := f.Drop(t.Context(), c.drop)
		if err != nil || dropped != c.dropped {
			t.Fatalf("dropped %d of %v, %v; want %d", dropped, c.drop, err, c.dropped)
		}
		want(c.want...)
	}
}

func testPurge(t *testing.T, f fixture) {
	f.append(1, 2, 3)
	f.release(f.read(0)[0].Position)
	if err := f.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.wantItems(f.read(0), 2, 3)
	f.append(4)
	f.wantItems(f.read(0), 2, 3, 4)
	if known, err := f.Append(t.Context(), item(1)); len(known) != 1 || err != nil {
		t.Errorf("the id of a released bundle is known: %q, %v", known, err)
	}
}

func testDepth(t *testing.T, f fixture) {
	f.append(1, 20)
	size1, size20 := int64(len(item(1).Payload)), int64(len(item(20).Payload))
	f.wantDepth(2, size1+size20)
	if _, err := f.Append(t.Context(), item(20)); err != nil { // a duplicate
		t.Fatal(err)
	}
	f.wantDepth(2, size1+size20)
	all := f.read(0)
	f.release(all[0].Position)
	f.wantDepth(1, size20)
	f.release(all[0].Position)
	f.wantDepth(1, size20)
	f.release(all[1].Position)
	f.wantDepth(0, 0)
}

func testNotify(_ *testing.T, f fixture) {
	f.append(1, 2, 3) // Append does not wait for a receiver
	<-f.Notify()      // hangs if there is no value
	f.append(4)
	<-f.Notify()
	f.wantItems(f.read(0), 1, 2, 3, 4)
}

func testNoNotifyAfterDuplicate(t *testing.T, f fixture) {
	f.append(1)
	<-f.Notify()
	if _, err := f.Append(t.Context(), item(1)); err != nil {
		t.Fatal(err)
	}
	select {
	case <-f.Notify():
		t.Error("notified after a duplicate")
	default:
	}
}

// testReaderMissesNothing reads from the last position while other goroutines
// append: an item that appeared before that position would be lost.
func testReaderMissesNothing(t *testing.T, f fixture) {
	const senders, each = 8, 25
	var wg sync.WaitGroup
	for s := range senders {
		wg.Go(func() {
			for n := range each {
				if _, err := f.Append(t.Context(), item(s*each+n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	seen, position := map[string]bool{}, int64(0)
	for len(seen) < senders*each {
		<-f.Notify()
		for _, i := range f.read(position) {
			seen[i.BundleID], position = true, i.Position
		}
	}
	wg.Wait()
}

func testCanceledContext(t *testing.T, f fixture) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, errAppend := f.Append(ctx, item(1))
	_, errRead := f.Read(ctx, 0, 1, 1)
	for op, err := range map[string]error{"Append": errAppend, "Read": errRead, "Release": f.Release(ctx, 1)} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v, want %v", op, err, context.Canceled)
		}
	}
}

func testClosed(t *testing.T, f fixture) {
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			for i := 0; ; i++ { // until the queue is closed
				if _, err := f.Append(t.Context(), item(n*1_000_000+i)); err != nil {
					return
				}
			}
		})
	}
	<-f.Notify()
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	wg.Wait()
	if _, err := f.Append(t.Context(), item(0)); err == nil {
		t.Error("Append to a closed queue returned no error")
	}
	if err := f.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
}
