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
}

// Sizes are the numbers of calls of the generated cases.
var Sizes = []int{100, 1000, 10_000}

// Generated returns the cases of an API: each size without and with routes. Size Kept and seed
// Seed read the files below root.
func Generated(root string, api *fiction.API, seed uint64) []Case {
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
				return compare(ctx, data, routes)
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

func compare(ctx context.Context, data *Data, routes bool) (*Outcome, error) {
	doc, err := Build(data.Traffic, routes)
	if err != nil {
		return nil, err
	}
	result, err := score.Document(doc, data.Truth, routes)
	if err != nil {
		return nil, err
	}
	return &Outcome{*result, doc, data.Traffic, openapitest.Check(ctx, doc)}, nil
}
