package spool

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"akita/internal/id"
)

func TestNextReturnsWhatWasAppended(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, testConfig(t, t.TempDir()))
	mustAppend(t, s, lines("one"))
	mustAppend(t, s, lines("two"))
	bundles := waiting(t, s)
	if got := texts(t, bundles); got != "one two " {
		t.Errorf("got %q", got)
	}
	b := bundles[0]
	if !id.Is(id.Bundle, b.ID) || b.ProjectID != "svc_p" || b.TraceID != "lrn_t" || b.Count != 1 {
		t.Errorf("bundle is %+v", b)
	}
}

func TestNextWaitsForAnAppend(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, testConfig(t, t.TempDir()))
	got := make(chan []*Bundle, 1)
	go func() {
		b, err := s.Next(context.Background(), 10, 1<<20)
		if err != nil {
			t.Error(err)
		}
		got <- b
	}()
	mustAppend(t, s, lines("one"))
	if b := <-got; len(b) != 1 || text(t, b[0]) != "one\n" {
		t.Errorf("got %v, want one bundle", b)
	}
}

func TestNextIsBounded(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		bundles int
		bytes   int64
		want    []int // bundles of each call
	}{
		"all":              {10, 1 << 20, []int{5}},
		"by bundles":       {2, 1 << 20, []int{2, 2, 1}},
		"by bytes":         {10, 1, []int{1, 1, 1, 1, 1}},
		"of at least one":  {10, 0, []int{1, 1, 1, 1, 1}},
		"as many as asked": {5, 1 << 20, []int{5}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := mustOpen(t, testConfig(t, t.TempDir()))
			for range 5 {
				mustAppend(t, s, lines("one"))
			}
			var got []int
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			for {
				b, err := s.Next(ctx, c.bundles, c.bytes)
				if err != nil {
					break // there is none left to wait for
				}
				got = append(got, len(b))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v bundles, want %v", got, c.want)
			}
			mustClose(t, s)
		})
	}
}

func TestUnfinishedBundlesKeepTheirIDAfterRestart(t *testing.T) {
	t.Parallel()
	config := testConfig(t, t.TempDir())
	s := mustOpen(t, config)
	for _, word := range []string{"one", "two", "three"} {
		mustAppend(t, s, lines(word))
	}
	before := waiting(t, s)
	s.Done(before[0])
	mustClose(t, s)

	s = mustOpen(t, config)
	if got := s.Stats().Pending; got != 2 {
		t.Errorf("%d witnesses pending, want 2", got)
	}
	after := waiting(t, s)
	if got := texts(t, after); got != "two three " {
		t.Fatalf("after the restart: %q", got)
	}
	if after[0].ID != before[1].ID || after[1].ID != before[2].ID {
		t.Error("the ids changed")
	}
}

func TestLeasesAreJoined(t *testing.T) {
	t.Parallel()
	config := testConfig(t, t.TempDir())
	s := mustOpen(t, config)
	for i := range 50 {
		mustAppend(t, s, lines(fmt.Sprint(i)))
	}
	bundles := waiting(t, s)
	for _, b := range bundles[1:] {
		s.Done(b)
	}
	if n := len(s.leases); n != 2 {
		t.Errorf("%d leases, want the one that is not done and one for the rest", n)
	}
	s.Done(bundles[0])
	if n := len(s.leases); n != 0 {
		t.Errorf("%d leases, want none", n)
	}
	mustClose(t, s)
	if left := waiting(t, mustOpen(t, config)); len(left) != 0 {
		t.Errorf("%d bundles come again", len(left))
	}
}
