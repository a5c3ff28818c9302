package main

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"text/tabwriter"

	"golang.org/x/sync/errgroup"

	"akita/test/accuracy/recorded"
	"akita/test/accuracy/suite"
)

// scoreRecordings scores the recordings below a shared folder whose names match.
func scoreRecordings(ctx context.Context, shared string, only *regexp.Regexp, renamings int) ([]*suite.Scored, error) {
	all, err := suite.Recordings(shared)
	if err != nil {
		return nil, err
	}
	var chosen []*recorded.Recording
	for _, r := range all {
		r.Name = "recorded-" + r.Name
		if only.MatchString(r.Name) {
			chosen = append(chosen, r)
		}
	}
	results := make([]*suite.Scored, len(chosen))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, r := range chosen {
		group.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			scored, err := suite.ScoreRecording(r, renamings)
			if err != nil {
				return fmt.Errorf("%s: %w", r.Name, err)
			}
			results[i] = scored
			return nil
		})
	}
	return results, group.Wait()
}

// reportRecordings prints a row per recording.
func reportRecordings(out io.Writer, results []*suite.Scored, verbose bool) error {
	if len(results) == 0 {
		return nil
	}
	if verbose {
		for _, r := range results {
			printMisses(out, r)
		}
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(
		table,
		"\nrecording\trecall / precision\tspread of %d renamings\tworst of %d halves\t",
		suite.Renamings,
		suite.Halves,
	)
	for _, class := range recorded.Classes {
		fmt.Fprintf(table, "%s\t", class)
	}
	fmt.Fprintln(table)
	for _, r := range results {
		spreadRecall, spreadPrecision := r.Spread()
		halfRecall, halfPrecision := suite.Worst(r.Halves)
		fmt.Fprintf(table, "%s\t%.3f / %.3f\t%.3f / %.3f\t%.3f / %.3f\t", r.Name,
			r.Whole.Recall(), r.Whole.Precision(), spreadRecall, spreadPrecision, halfRecall, halfPrecision)
		for _, class := range recorded.Classes {
			fmt.Fprintf(table, "%d\t", r.Whole.Count(class))
		}
		fmt.Fprintln(table)
	}
	return table.Flush()
}

func printMisses(out io.Writer, r *suite.Scored) {
	for _, m := range r.Whole.Missed {
		fmt.Fprintf(
			out,
			"%s: missed %s %s (%s; %d paths, such as %s)\n",
			r.Name,
			m.Method,
			m.Path,
			m.Class,
			m.Calls,
			m.Example,
		)
	}
	for _, op := range r.Whole.Spurious {
		fmt.Fprintf(out, "%s: spurious %s %s\n", r.Name, op.Method, op.Path)
	}
}

// recordedFigures returns recall and precision in hundredths of a percent.
func recordedFigures(results []*suite.Scored) map[string]int {
	figures := make(map[string]int)
	for _, r := range results {
		figures[r.Name+" recall"] = hundredths(r.Whole.Recall())
		figures[r.Name+" precision"] = hundredths(r.Whole.Precision())
	}
	return figures
}
