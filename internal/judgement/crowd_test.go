package judgement

import (
	"slices"
	"testing"
)

func TestCrowdJoinsWhatIsTheSame(t *testing.T) {
	t.Parallel()
	c := newCrowd()
	c.add(0, 7, []uint64{1, 2})
	c.add(1, 9, []uint64{2, 3})
	c.add(2, 7, []uint64{1, 2})
	if len(c.classes) != 2 || !slices.Equal(c.classes[0].members, []int{0, 2}) {
		t.Errorf("the classes are %+v", c.classes)
	}
	if got := c.near(0, 8, nil); !slices.Equal(got, []int{1}) {
		t.Errorf("near to the first class are %v", got)
	}
}

// Of many siblings, each is compared with those that share what is rare, and with some that stand
// for all.
func TestLargeCrowd(t *testing.T) {
	t.Parallel()
	c := newCrowd()
	for i := range uint64(500) {
		c.add(int(i), i*17, []uint64{1, 1000 + i/2})
	}
	if !c.isLarge() {
		t.Fatal("500 classes are all compared")
	}
	near := c.near(8, 16, nil)
	if len(near) != 16 || near[0] != 9 {
		t.Errorf("near to 8 are %v, want 9 first", near)
	}
	if got := c.near(8, 16, []int{9}); slices.Contains(got, 9) {
		t.Errorf("9 is left out, but there: %v", got)
	}
	if got := c.spread(48); len(got) > 48 || len(got) < 40 {
		t.Errorf("%d stand for all", len(got))
	}
}

func TestBestOfLikenesses(t *testing.T) {
	t.Parallel()
	var b best
	for _, like := range []float64{0.2, 0.9, 0.4, 0.1, 0.6, 0.8} {
		b.add(like, 1)
	}
	for n, want := range map[int]float64{1: 0.9, 6: 0.85, 100: (0.9 + 0.8 + 0.6 + 0.4) / 4} {
		if got := b.mean(n); got < want-1e-9 || got > want+1e-9 {
			t.Errorf("the mean of the best third of %d is %v, want %v", n, got, want)
		}
	}
	b = best{}
	b.add(0.5, 1)
	if got := b.mean(30); got != 0.125 {
		t.Errorf("those that were not compared count as unlike: %v", got)
	}
}
