package apimodel

import (
	"math"
	"testing"
)

func TestPercentiles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		n    int
		want LatencyPercentiles
	}{
		"none":       {0, LatencyPercentiles{}},
		"one":        {1, LatencyPercentiles{P50: 1, P90: 1, P95: 1, P99: 1, Max: 1}},
		"two":        {2, LatencyPercentiles{P50: 1, P90: 2, P95: 2, P99: 2, Max: 2}},
		"twenty":     {20, LatencyPercentiles{P50: 10, P90: 18, P95: 19, P99: 20, Max: 20}},
		"a thousand": {1000, LatencyPercentiles{P50: 500, P90: 900, P95: 950, P99: 990, Max: 1000}},
	} {
		l := newLatencies()
		for i := range c.n {
			l.Add(float64(i + 1))
		}
		got := l.Percentiles()
		for _, pair := range [][2]float64{
			{got.P50, c.want.P50}, {got.P90, c.want.P90}, {got.P95, c.want.P95}, {got.P99, c.want.P99}, {got.Max, c.want.Max},
		} {
			if math.Abs(pair[0]-pair[1]) > accuracy*pair[1]+0.005*pair[1] { // the sketch's error and the rounding
				t.Errorf("%s: %+v, want %+v", name, got, c.want)
				break
			}
		}
	}
}

func TestHistogram(t *testing.T) {
	t.Parallel()
	l := newLatencies()
	for _, ms := range []float64{0, 0.5, 3, 3.1, 900, 1e12} {
		l.Add(ms)
	}
	var sum uint64
	classes := l.Histogram()
	for i, class := range classes {
		sum += class.Count
		if i > 0 && math.Abs(class.FromMs-classes[i-1].ToMs) > 0.01*class.FromMs {
			t.Errorf("class %d begins at %v, the one before ends at %v", i, class.FromMs, classes[i-1].ToMs)
		}
	}
	if sum != 6 {
		t.Errorf("the classes hold %d calls of 6: %+v", sum, classes)
	}
}
