package suite

import (
	"context"
	"fmt"
	"sync"

	"akita/internal/openapi/openapitest"
	"akita/test/accuracy/fiction"
	"akita/test/accuracy/score"
)

// Case is one comparison.
type Case struct {
	Name string // "bookshop-1000", "bookshop-1000-routes"
	// Counts reports whether the case is part of the overall figure.
	Counts bool
	Run    func(ctx context.Context) (*Outcome, error)
}

// Outcome is the result of a case.
type Outcome struct {
	score.Result
	Document []byte // OpenAPI, JSON
	Entries  []byte // the traffic
	Invalid  error  // how the document violates the OpenAPI specification; nil if it is valid
	// Renamed has the overall figure under each renaming of the data.
	Renamed []float64
}

// Spread returns the difference between the best and the worst figure under any names of the
// data. It is 0 if names do not matter.
func (o *Outcome) Spread() float64 {
	overall := o.Overall()
	lowest, highest := overall, overall
	for _, figure := range o.Renamed {
		lowest, highest = min(lowest, figure), max(highest, figure)
	}
	return highest - lowest
}

// Sizes are the numbers of calls of the generated cases.
var Sizes = []int{100, 1000, 10_000}

// Generated returns the cases of an API: each size without and with routes. Size Kept and seed
// Seed read the files below root. Each is also scored under a number of renamings.
func Generated(root string, api *fiction.API, seed uint64, renamings int) []Case {
	var cases []Case
	for _, n := range Sizes {
		load := shared(func() (*Data, error) {
			if n == Kept && seed == Seed {
				return Load(root, api.Name)
			}
			return Make(api, n, seed)
		})
		for _, routes := range []bool{false, true} {
			name := fmt.Sprintf("%s-%d", api.Name, n)
			if routes {
				name += "-routes"
			}
			cases = append(cases, Case{Name: name, Counts: true, Run: func(ctx context.Context) (*Outcome, error) {
				data, err := load()
				if err != nil {
					return nil, err
				}
				return compare(ctx, data, routes, renamings)
			}})
		}
	}
	return cases
}

// shared loads once for both cases of a size, and releases the data after the second.
func shared(load func() (*Data, error)) func() (*Data, error) {
	var mu sync.Mutex
	var kept *Data
	return func() (*Data, error) {
		mu.Lock()
		defer mu.Unlock()
		if d := kept; d != nil {
			kept = nil
			return d, nil
		}
		d, err := load()
		kept = d
		return d, err
	}
}

func compare(ctx context.Context, data *Data, routes bool, renamings int) (*Outcome, error) {
	doc, result, err := data.score(routes)
	if err != nil {
		return nil, err
	}
	o := &Outcome{Result: *result, Document: doc, Entries: data.Traffic, Invalid: openapitest.Check(ctx, doc)}
	for i := range renamings {
		renamed, err := data.Rename(i)
		if err != nil {
			return nil, err
		}
		_, result, err := renamed.score(routes)
		if err != nil {
			return nil, err
		}
		o.Renamed = append(o.Renamed, result.Overall())
	}
	return o, nil
}

// score makes the document of the traffic and compares it with the truth.
func (d *Data) score(routes bool) ([]byte, *score.Result, error) {
	doc, err := Build(d.Traffic, routes)
	if err != nil {
		return nil, nil, err
	}
	result, err := score.Document(doc, d.Truth, routes)
	return doc, result, err
}
