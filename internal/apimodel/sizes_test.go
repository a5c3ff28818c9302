package apimodel

import (
	"testing"

	"akita/internal/shape"
)

func TestSizes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		sizes []uint64
		want  SizePercentiles
	}{
		"an empty body":        {[]uint64{0}, SizePercentiles{0, 0, 0}},
		"one":                  {[]uint64{5}, SizePercentiles{7, 7, 7}},
		"the bounds of powers": {[]uint64{7, 8}, SizePercentiles{7, 15, 15}},
		"one large of many":    {[]uint64{1, 1, 1, 1, 1000}, SizePercentiles{1, 1023, 1023}},
		"the largest":          {[]uint64{1<<64 - 1}, SizePercentiles{1<<63 - 1, 1<<63 - 1, 1<<63 - 1}},
	}
	for name, test := range tests {
		var first, second Sizes
		for i, size := range test.sizes {
			to := &first
			if i%2 > 0 {
				to = &second
			}
			to.add(shape.Bucket(size))
		}
		first.merge(second)
		if got, ok := first.Percentiles(); !ok || got != test.want {
			t.Errorf("%s: got %+v, %v, want %+v", name, got, ok, test.want)
		}
	}
	var unknown Sizes
	unknown.add(0)
	if _, ok := unknown.Percentiles(); ok || unknown != nil {
		t.Errorf("an unknown size counts: %v", unknown)
	}
}
