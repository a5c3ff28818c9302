package apimodel

import (
	"math"

	"github.com/DataDog/sketches-go/ddsketch"
	"github.com/DataDog/sketches-go/ddsketch/mapping"
	"github.com/DataDog/sketches-go/ddsketch/store"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// accuracy is the relative error of a percentile. The sketch is a DDSketch (Masson, Rim, Lee, VLDB
// 2019).
const accuracy = 0.01

// Latencies are clamped to between a microsecond and a year.
const (
	minLatencyMs = 1e-3
	maxLatencyMs = 365 * 24 * 3600 * 1000
)

// Latencies sums up latencies in milliseconds as a mergeable sketch.
type Latencies struct {
	sketch *ddsketch.DDSketch
	max    float64
}

func newLatencies() *Latencies {
	m, err := mapping.NewLogarithmicMapping(accuracy)
	if err != nil { // it cannot fail: accuracy is between 0 and 1
		return &Latencies{}
	}
	return &Latencies{sketch: ddsketch.NewDDSketch(m, store.NewSparseStore(), store.NewSparseStore())}
}

func (l *Latencies) add(ms float64) {
	ms = min(max(ms, minLatencyMs), maxLatencyMs)
	if err := l.sketch.Add(ms); err != nil { // NaN: the range is checked above
		return
	}
	l.max = max(l.max, ms)
}

func (l *Latencies) merge(o *Latencies) {
	if o == nil {
		return
	}
	l.max = max(l.max, o.max)
	o.sketch.GetPositiveValueStore().ForEach(func(index int, count float64) bool {
		l.sketch.GetPositiveValueStore().AddWithCount(index, count)
		return false
	})
}

// Percentiles returns percentiles by the nearest rank: P99 of a few calls is the slowest of them. All
// are zero if there are no latencies.
func (l *Latencies) Percentiles() LatencyPercentiles {
	n := l.sketch.GetCount()
	if n == 0 {
		return LatencyPercentiles{}
	}
	at := func(q float64) float64 {
		rank := math.Ceil(q * n)
		if rank >= n {
			return RoundMs(l.max)
		}
		v, err := l.sketch.GetValueAtQuantile((rank - 1) / (n - 1))
		if err != nil { // it cannot fail: the quantile is between 0 and 1, and the sketch not empty
			return 0
		}
		return RoundMs(min(v, l.max))
	}
	return LatencyPercentiles{P50: at(.5), P90: at(.9), P95: at(.95), P99: at(.99), Max: RoundMs(l.max)}
}

// Histogram counts latencies in classes. Each class is about 1.58 times as wide as the one before,
// so that there are five to a power of ten.
func (l *Latencies) Histogram() []LatencyClass {
	counts := make(map[int]uint64)
	low, high := math.MaxInt, math.MinInt
	l.sketch.ForEach(func(value, count float64) bool {
		class := int(math.Floor(math.Log10(value) * 5))
		counts[class] += uint64(count)
		low, high = min(low, class), max(high, class)
		return false
	})
	classes := []LatencyClass{}
	for class := low; class <= high && len(counts) > 0; class++ {
		classes = append(classes, LatencyClass{
			FromMs: RoundMs(math.Pow(10, float64(class)/5)),
			ToMs:   RoundMs(math.Pow(10, float64(class+1)/5)),
			Count:  counts[class],
		})
	}
	return classes
}

// RoundMs rounds to three significant digits, and numbers of 1000 and more to integers.
func RoundMs(ms float64) float64 {
	if ms <= 0 {
		return 0
	}
	digits := math.Pow(10, max(0, 2-math.Floor(math.Log10(ms))))
	return math.Round(ms*digits) / digits
}

// latencyJSON is the encoding of Latencies: the bins of the sketch by index.
type latencyJSON struct {
	Max  float64         `json:"max,omitzero"`
	Bins map[int]float64 `json:"bins,omitzero"`
}

// MarshalJSONTo implements json.MarshalerTo.
func (l *Latencies) MarshalJSONTo(enc *jsontext.Encoder) error {
	kept := latencyJSON{Max: l.max, Bins: make(map[int]float64)}
	l.sketch.GetPositiveValueStore().ForEach(func(index int, count float64) bool {
		kept.Bins[index] = count
		return false
	})
	return json.MarshalEncode(enc, kept)
}

// UnmarshalJSONFrom implements json.UnmarshalerFrom.
func (l *Latencies) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	var kept latencyJSON
	if err := json.UnmarshalDecode(dec, &kept); err != nil {
		return err
	}
	*l = *newLatencies()
	l.max = kept.Max
	for index, count := range kept.Bins {
		l.sketch.GetPositiveValueStore().AddWithCount(index, count)
	}
	return nil
}

// LatencyPercentiles holds percentiles of latencies in milliseconds.
type LatencyPercentiles struct {
	P50 float64 `json:"p50"`
	P90 float64 `json:"p90"`
	P95 float64 `json:"p95"`
	P99 float64 `json:"p99"`
	Max float64 `json:"max"`
}

// LatencyClass counts the calls that took from FromMs to ToMs milliseconds.
type LatencyClass struct {
	FromMs float64 `json:"from_ms"`
	ToMs   float64 `json:"to_ms"`
	Count  uint64  `json:"count"`
}
