package facts

import (
	"math"
	"testing"
)

func TestChanceOfNone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		had, of, n, want float64
	}{
		{0, 10, 10, 1},
		{5, 10, 0, 1},
		{1, 1, 1, 1. / 2},
		{10, 10, 10, 1. / 184_756},
		{1, 10, 10, 1. / 2},
		{2, 4, 2, 6. / 15},
	} {
		if got := (Sample{c.had, c.of}).ChanceOfNone(c.n); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("of %v in %v, none of %v has the chance %v, want %v", c.had, c.of, c.n, got, c.want)
		}
	}
}
