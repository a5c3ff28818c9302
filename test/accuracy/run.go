package main

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"akita/test/accuracy/suite"
)

// result is a case that was run. It does not keep the document and the traffic, to save memory.
type result struct {
	suite.Case
	*suite.Outcome
}

// runAll runs the cases whose name matches, and writes a line about each that is done to progress.
func runAll(
	ctx context.Context, cases []suite.Case, only *regexp.Regexp, progress io.Writer,
) ([]*result, error) {
	var results []*result
	for _, c := range cases {
		if only.MatchString(c.Name) {
			results = append(results, &result{Case: c})
		}
	}
	var mu sync.Mutex // guards done and progress
	done := 0
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, r := range results {
		group.Go(func() error {
			outcome, err := r.Run(ctx)
			if err != nil {
				return fmt.Errorf("%s: %w", r.Name, err)
			}
			r.Outcome = outcome
			outcome.Document, outcome.Entries = nil, nil
			mu.Lock()
			defer mu.Unlock()
			done++
			fmt.Fprintf(progress, "%d of %d cases: %s\n", done, len(results), r.Name)
			return nil
		})
	}
	return results, group.Wait()
}
