package main

import (
	"context"
	"fmt"
	"regexp"
	"runtime"

	"golang.org/x/sync/errgroup"

	"akita/test/accuracy/suite"
)

// result is a case that was run. It does not keep the document and the traffic, to save memory.
type result struct {
	suite.Case
	*suite.Outcome
}

func runAll(ctx context.Context, cases []suite.Case, only *regexp.Regexp) ([]*result, error) {
	var results []*result
	for _, c := range cases {
		if only.MatchString(c.Name) {
			results = append(results, &result{Case: c})
		}
	}
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
			return nil
		})
	}
	return results, group.Wait()
}
