// Validate checks the product's documents with other tools: OpenAPI's JSON Schema and
// kin-openapi, redocly's lint, and redocly's drift, which compares a document with the traffic
// that it was made of. It prints a table, and fails on any error.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"syscall"

	"golang.org/x/sync/errgroup"

	"akita/internal/openapi/openapitest"
	"akita/test/accuracy/suite"
)

// options are the flags.
type options struct {
	root    string // the repository
	shared  string // a folder with traffic of other projects; "" for none
	redocly string
	only    string
}

func main() {
	var o options
	flag.StringVar(&o.root, "root", ".", "the repository's `folder`")
	flag.StringVar(&o.shared, "shared", os.Getenv(suite.SharedVariable), suite.SharedUsage)
	flag.StringVar(
		&o.redocly,
		"redocly",
		filepath.Join(".build", "peers", "node_modules", ".bin", "redocly"),
		"the `program`",
	)
	flag.StringVar(&o.only, "case", "", "only the documents whose name matches this `pattern`")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "validate:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, out io.Writer) (err error) {
	only, err := regexp.Compile(o.only)
	if err != nil {
		return fmt.Errorf("-case: %w", err)
	}
	redocly, err := newRedocly(o.redocly)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, redocly.close()) }()
	if o.shared == "" {
		fmt.Fprintln(out, suite.WithoutShared)
	}
	cases, err := readCases(ctx, o.root, o.shared, only)
	if err != nil {
		return err
	}
	if len(cases) == 0 {
		return fmt.Errorf("-case: no document's name matches %q", o.only)
	}
	fmt.Fprintf(out, "%d documents\n", len(cases))
	if err := check(ctx, redocly, cases, out); err != nil {
		return err
	}
	return report(out, cases)
}

// check finds what is wrong with each case, and prints its progress.
func check(ctx context.Context, redocly *redocly, cases []*testCase, out io.Writer) error {
	for _, c := range cases {
		if err := openapitest.Check(ctx, c.document); err != nil {
			c.invalid = []string{err.Error()}
		}
	}
	if err := redocly.lint(ctx, cases); err != nil {
		return err
	}
	fmt.Fprintln(out, "all linted; comparing each with its traffic")
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, c := range cases {
		if i > 0 && i%25 == 0 {
			fmt.Fprintf(out, "%d of %d\n", i, len(cases))
		}
		if c.operations == 0 || c.accepted == 0 {
			continue // all calls were refused, or had a method that OpenAPI does not know
		}
		group.Go(func() error { return redocly.drift(ctx, c) })
	}
	return group.Wait()
}
