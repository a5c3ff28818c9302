package apimodel

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"github.com/DataDog/sketches-go/ddsketch/mapping"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// accuracy is the relative error of a percentile.
const accuracy = 0.01

// Latencies are clamped to between a microsecond and a year.
const (
	minLatencyMs = 1e-3
	maxLatencyMs = 365 * 24 * 3600 * 1000
)

// logarithm returns the mapping from latencies to bins. A bin holds the latencies that differ from
// its value by accuracy at most.
var logarithm = sync.OnceValue(func() mapping.IndexMapping {
	m, _ := mapping.NewLogarithmicMapping(accuracy) // it cannot fail: accuracy is between 0 and 1
	return m
})

// Latencies sums up latencies in milliseconds as a mergeable sketch: a DDSketch (Masson, Rim, Lee,
// VLDB 2019) whose bins are a list, because the calls of an hour fill few of them.
type Latencies struct {
	bins []bin // sorted by index
	max  float64
}

// bin counts the latencies of one index of the mapping.
type bin struct {
	index int
	count uint64
}

func newLatencies() *Latencies { return &Latencies{} }

// Add adds a latency.
func (l *Latencies) Add(ms float64) { l.add(ms, 1) }

// AddCoarse adds a latency to a sketch that is to be small: the relative error of percentiles is five
// times as large.
func (l *Latencies) AddCoarse(ms float64) { l.add(ms, coarseBins) }

// coarseBins is how many bins are one in a sketch that is to be small.
const coarseBins = 5

// add adds a latency to the middle one of a group of bins.
func (l *Latencies) add(ms float64, group int) {
	ms = min(max(ms, minLatencyMs), maxLatencyMs)
	if math.IsNaN(ms) {
		return
	}
	index := logarithm().Index(ms)
	first := index / group * group
	if first > index { // of negative numbers
		first -= group
	}
	l.addBin(first+group/2, 1)
	l.max = max(l.max, ms)
}

func (l *Latencies) addBin(index int, count uint64) {
	if n := len(l.bins); n == 0 || l.bins[n-1].index < index { // as in what is read
		l.bins = append(l.bins, bin{index, count})
		return
	}
	i, found := slices.BinarySearchFunc(l.bins, index, func(b bin, index int) int { return cmp.Compare(b.index, index) })
	if !found {
		l.bins = slices.Insert(l.bins, i, bin{index: index})
	}
	l.bins[i].count += count
}

// Merge adds other latencies, which may be nil. It does not change o, and both share nothing afterwards.
func (l *Latencies) Merge(o *Latencies) {
	if o == nil {
		return
	}
	l.max = max(l.max, o.max)
	if len(l.bins) == 0 {
		l.bins = slices.Clone(o.bins)
		return
	}
	for _, b := range o.bins {
		l.addBin(b.index, b.count)
	}
}

// Count returns how many latencies are summed up.
func (l *Latencies) Count() (n uint64) {
	for _, b := range l.bins {
		n += b.count
	}
	return n
}

// Percentiles returns percentiles by the nearest rank: P99 of a few calls is the slowest of them. All
// are zero if there are no latencies.
func (l *Latencies) Percentiles() LatencyPercentiles {
	n := float64(l.Count())
	at := func(q float64) float64 {
		rank := math.Ceil(q * n)
		if rank >= n {
			return RoundMs(l.max)
		}
		return RoundMs(min(l.atRank(uint64(rank)), l.max))
	}
	return LatencyPercentiles{P50: at(.5), P90: at(.9), P95: at(.95), P99: at(.99), Max: RoundMs(l.max)}
}

// atRank returns the latency of a rank; the fastest has rank 1.
func (l *Latencies) atRank(rank uint64) float64 {
	below := uint64(0)
	for _, b := range l.bins {
		if below += b.count; below >= rank {
			return logarithm().Value(b.index)
		}
	}
	return l.max
}

// Histogram counts latencies in classes. Each class is about 1.58 times as wide as the one before,
// so that there are five to a power of ten.
func (l *Latencies) Histogram() []LatencyClass {
	counts := make(map[int]uint64)
	low, high := math.MaxInt, math.MinInt
	for _, b := range l.bins {
		class := int(math.Floor(math.Log10(logarithm().Value(b.index)) * 5))
		counts[class] += b.count
		low, high = min(low, class), max(high, class)
	}
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

// latencyJSON is the encoding of Latencies up to version 3: the bins of the sketch by index.
type latencyJSON struct {
	Max  float64         `json:"max,omitzero"`
	Bins map[int]float64 `json:"bins,omitzero"`
}

// UnmarshalJSONFrom implements json.UnmarshalerFrom.
func (l *Latencies) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	var kept latencyJSON
	if err := json.UnmarshalDecode(dec, &kept); err != nil {
		return err
	}
	*l = Latencies{max: kept.Max}
	for index, count := range kept.Bins {
		l.addBin(index, uint64(max(count, 0)))
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
