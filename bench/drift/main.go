// Drift runs `akita drift` and Redocly's drift on the same traffic and the same document, and prints which planted
// changes each of them finds, what it says of healthy calls, and what it costs.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"akita/test/accuracy/suite"
)

// healthy is how many calls no tool may complain about. As many others make the document.
const healthy = 11_000

// sizes are the numbers of calls whose cost is measured.
var sizes = []int{1000, 10_000}

// rounds is how often a cost is measured; the least one counts, because other processes only add to it.
const rounds = 3

type options struct{ akita, redocly, shared string }

func main() {
	var o options
	flag.StringVar(&o.akita, "akita", "bin/akita", "our `binary`")
	flag.StringVar(&o.redocly, "redocly", ".build/peers/node_modules/.bin/redocly", "Redocly's `program`")
	flag.StringVar(&o.shared, "shared", os.Getenv(suite.SharedVariable), suite.SharedUsage)
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Stdout, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench-drift:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, o options) error {
	if o.shared == "" {
		return fmt.Errorf("the traffic and the planted changes are not part of the repository: name their folder "+
			"with -shared or %s", suite.SharedVariable)
	}
	folder, err := os.MkdirTemp("", "drift")
	if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	for _, path := range []*string{&o.akita, &o.redocly, &o.shared} {
		if *path, err = filepath.Abs(*path); err != nil {
			return fmt.Errorf("find %s: %w", *path, err)
		}
	}
	calls, err := prepare(ctx, folder, o)
	if err != nil {
		return err
	}
	tools := []tool{ours(o.akita), redocly(o.redocly)}
	for i := range tools {
		tools[i].folder = folder
		if err := tools[i].printVersion(ctx, out); err != nil {
			return err
		}
	}
	fmt.Fprintln(out)
	if err := printFindings(ctx, out, tools, folder); err != nil {
		return err
	}
	return printCosts(ctx, out, tools, folder, calls)
}

// The files in the folder of a run.
const (
	documentFile = "shop.yaml"
	healthyFile  = "healthy.har"
	plantedDir   = "planted"
)

// prepare writes the document, healthy calls and planted changes into a folder. It returns the healthy calls.
func prepare(ctx context.Context, folder string, o options) ([]json.RawMessage, error) {
	generator := filepath.Join(o.shared, "accuracy", "gen_har.py")
	if err := command(ctx, folder, "python3", generator, strconv.Itoa(2*healthy), "all.har"); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(folder, "all.har"))
	if err != nil {
		return nil, fmt.Errorf("read the calls: %w", err)
	}
	var all archive
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("read the calls: %w", err)
	}
	entries := all.Log.Entries
	if len(entries) != 2*healthy {
		return nil, fmt.Errorf("%s made %d calls of %d", generator, len(entries), 2*healthy)
	}
	if err := writeCalls(folder, "other.har", entries[:healthy]); err != nil {
		return nil, err
	}
	if err := writeCalls(folder, healthyFile, entries[healthy:]); err != nil {
		return nil, err
	}
	if err := command(ctx, folder, o.akita, "model", "build", "other.har", "-o", documentFile); err != nil {
		return nil, err
	}
	plant := filepath.Join(o.shared, "compare", "plant.py")
	return entries[healthy:], command(ctx, folder, "python3", plant, healthyFile, plantedDir)
}

// archive is a HAR file.
type archive struct {
	Log struct {
		Version string            `json:"version"`
		Creator json.RawMessage   `json:"creator"`
		Entries []json.RawMessage `json:"entries"`
	} `json:"log"`
}

func writeCalls(folder, name string, entries []json.RawMessage) error {
	var a archive
	a.Log.Version, a.Log.Creator, a.Log.Entries = "1.2", json.RawMessage(`{"name":"bench","version":"1"}`), entries
	text, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// printFindings prints which planted changes each tool finds, and what it says of healthy calls.
func printFindings(ctx context.Context, out io.Writer, tools []tool, folder string) error {
	planted, err := filepath.Glob(filepath.Join(folder, plantedDir, "*.har"))
	if err != nil || len(planted) == 0 {
		return fmt.Errorf("there are no planted changes: %w", err)
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "planted change\tours\tredocly")
	usual, found := make([]map[string]int, len(tools)), make([]int, len(tools))
	for i, t := range tools {
		if usual[i], _, err = t.findings(ctx, healthyFile); err != nil {
			return err
		}
	}
	for _, file := range planted {
		fmt.Fprint(table, strings.TrimSuffix(filepath.Base(file), ".har"))
		for i, t := range tools {
			findings, _, err := t.findings(ctx, file)
			if err != nil {
				return err
			}
			mark := "-"
			for one := range findings { // a finding about healthy calls, too, does not count
				if usual[i][one] == 0 {
					mark = "found"
				}
			}
			if mark == "found" {
				found[i]++
			}
			fmt.Fprintf(table, "\t%s", mark)
		}
		fmt.Fprintln(table)
	}
	fmt.Fprintf(table, "found\t%d of %d\t%d of %d\n", found[0], len(planted), found[1], len(planted))
	fmt.Fprintf(table, "findings on %d healthy calls\t%d\t%d\n", healthy, len(usual[0]), len(usual[1]))
	return table.Flush()
}

// printCosts prints the CPU time of each tool, and their ratio.
func printCosts(ctx context.Context, out io.Writer, tools []tool, folder string, calls []json.RawMessage) error {
	fmt.Fprintln(out)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "CPU seconds\tours\tredocly\tratio")
	for _, n := range sizes {
		file := fmt.Sprintf("%d.har", n)
		if err := writeCalls(folder, file, calls[:n]); err != nil {
			return err
		}
		var costs [2]time.Duration
		for range rounds {
			for i, t := range tools { // by turns, so that both have the same load beside them
				_, cpu, err := t.findings(ctx, file)
				if err != nil {
					return err
				}
				if costs[i] == 0 || cpu < costs[i] {
					costs[i] = cpu
				}
			}
		}
		fmt.Fprintf(table, "%d calls\t%.2f\t%.2f\t%.1f\n", n, costs[0].Seconds(), costs[1].Seconds(),
			costs[1].Seconds()/costs[0].Seconds())
	}
	return table.Flush()
}

func command(ctx context.Context, folder, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = folder
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, out)
	}
	return nil
}
