// Accuracy measures how much of what traffic shows the inference finds. It runs the product's
// code on the traffic of APIs whose truth is known, prints how each document compares, and fails
// if a figure is below the baseline.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"syscall"

	"akita/test/accuracy/apis"
	"akita/test/accuracy/suite"
)

// options are the flags.
type options struct {
	root     string // the repository
	shared   string // a folder with traffic of other projects; "" for none
	only     string
	verbose  bool
	update   bool
	generate bool
	seed     uint64
	renames  int
}

func main() {
	var o options
	flag.StringVar(&o.root, "root", ".", "the repository's `folder`")
	flag.StringVar(&o.shared, "shared", os.Getenv(suite.SharedVariable), suite.SharedUsage)
	flag.StringVar(&o.only, "case", "", "run only the cases whose name matches this `pattern`")
	flag.BoolVar(&o.verbose, "verbose", false, "print everything that is missed")
	flag.BoolVar(&o.update, "update", false, "accept the figures as the baseline")
	flag.BoolVar(&o.generate, "generate", false, "write the kept traffic and truth again, and end")
	flag.Uint64Var(&o.seed, "seed", suite.Seed, "draw other calls of the same APIs; they have no baseline")
	flag.IntVar(
		&o.renames,
		"renamings",
		suite.Renamings,
		"score each case also under this `number` of renamings of the data",
	)
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o, os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "accuracy:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, out, progress io.Writer) error {
	data := filepath.Join(o.root, "testdata", "accuracy")
	if o.generate {
		return generate(data)
	}
	only, err := regexp.Compile(o.only)
	if err != nil {
		return fmt.Errorf("-case: %w", err)
	}
	var cases []suite.Case
	for _, api := range apis.All() {
		cases = append(cases, suite.Generated(data, api, o.seed, o.renames)...)
	}
	if o.shared == "" {
		fmt.Fprintln(out, suite.WithoutShared)
	} else {
		foreign, err := suite.Foreign(o.shared)
		if err != nil {
			return err
		}
		cases = append(cases, foreign...)
	}
	results, err := runAll(ctx, cases, only, progress)
	if err != nil {
		return err
	}
	var recordings []*suite.Scored
	if o.shared != "" {
		if recordings, err = scoreRecordings(ctx, o.shared, only, o.renames); err != nil {
			return err
		}
	}
	if len(results)+len(recordings) == 0 {
		return fmt.Errorf("-case: no case matches %q", o.only)
	}
	if err := report(out, results, o.verbose); err != nil {
		return err
	}
	if err := reportRecordings(out, recordings, o.verbose); err != nil {
		return err
	}
	if o.seed != suite.Seed {
		return nil
	}
	now := figures(results, o.only == "")
	maps.Copy(now, recordedFigures(recordings))
	return judge(filepath.Join(data, "baseline.json"), results, now, o.update)
}

func generate(root string) error {
	for _, api := range apis.All() {
		data, err := suite.Make(api, suite.Kept, suite.Seed)
		if err != nil {
			return fmt.Errorf("%s: %w", api.Name, err)
		}
		if err := data.Save(root, api.Name); err != nil {
			return fmt.Errorf("%s: %w", api.Name, err)
		}
	}
	return nil
}
