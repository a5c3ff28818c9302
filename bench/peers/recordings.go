package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"akita/test/accuracy/recorded"
	"akita/test/accuracy/suite"
)

// recordingTools is the number of tools that are compared on recordings: ours and Redocly's. The
// others need the server of each API as a setting.
const recordingTools = 2

// compareRecordings compares the tools on recorded traffic of real APIs, and on random halves of
// it: recall and precision of operations.
func compareRecordings(ctx context.Context, tools []tool, shared, work string) error {
	step("Recorded traffic of real APIs, without routes: recall / precision of operations, CPU seconds")
	recordings, err := suite.Recordings(shared)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "recording\t")
	for _, t := range tools[:recordingTools] {
		fmt.Fprintf(table, "%s\t", t.name)
	}
	fmt.Fprintln(table)
	for _, r := range recordings {
		if err := compareTraffic(ctx, table, tools, work, r, r.Name, r.Traffic); err != nil {
			return err
		}
		for i := range suite.Halves {
			name := fmt.Sprintf("%s, half %d", r.Name, i+1)
			half := recorded.Half(r.Traffic, suite.Seed+uint64(i))
			if err := compareTraffic(ctx, table, tools, work, r, name, half); err != nil {
				return err
			}
		}
	}
	return table.Flush()
}

// compareTraffic prints a row for some of the traffic of a recording.
func compareTraffic(
	ctx context.Context,
	table *tabwriter.Writer,
	tools []tool,
	work string,
	r *recorded.Recording,
	name string,
	traffic []byte,
) error {
	archive, err := suite.WithoutRoutes(traffic)
	if err != nil {
		return err
	}
	har := filepath.Join(work, "recorded.har")
	if err := os.WriteFile(har, archive, 0o600); err != nil {
		return fmt.Errorf("write traffic: %w", err)
	}
	fmt.Fprintf(table, "%s\t", name)
	for _, t := range tools[:recordingTools] {
		score, cpu, err := scoreRecording(ctx, t, r, har, traffic)
		if err != nil {
			step("%s on %s: %v", t.name, name, err)
			fmt.Fprint(table, "failed\t")
			continue
		}
		fmt.Fprintf(table, "%.3f / %.3f, %.1f s\t", score.Recall(), score.Precision(), cpu.Seconds())
	}
	fmt.Fprintln(table)
	return nil
}

func scoreRecording(
	ctx context.Context, t tool, r *recorded.Recording, har string, traffic []byte,
) (*recorded.Score, time.Duration, error) {
	file := har + "-" + filepath.Base(t.name) + ".json"
	c, err := t.run(ctx, absolute(har), absolute(file), "")
	if err != nil {
		return nil, 0, err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, 0, fmt.Errorf("read document: %w", err)
	}
	document, err := recorded.Parse(text)
	if err != nil {
		return nil, 0, err
	}
	score, err := recorded.Compare(document, r.Truth, traffic)
	return score, c.cpu, err
}
