package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"akita/internal/compare"
	"akita/internal/report"
)

// reportFlags are how findings are written, and which fail the check.
type reportFlags struct {
	format, output string
	failOn         []string
	isLong         bool
	isCSV          bool
	isPlain        bool     // without colour on a terminal, see no-color.org
	known          []string // values of --fail-on, beside "any" and "none"
}

// addFlags adds the flags. known are the values of --fail-on.
func (r *reportFlags) addFlags(p Process, flags *pflag.FlagSet, usual string, known ...string) {
	r.known, r.isPlain = known, p.Getenv("NO_COLOR") != ""
	flags.StringVar(&r.format, "format", report.Formats()[0], "one of "+strings.Join(report.Formats(), ", "))
	flags.StringVarP(&r.output, "output", "o", "", `file to write to (default: standard output, "-")`)
	flags.StringSliceVar(&r.failOn, "fail-on", strings.Split(usual, ","),
		fmt.Sprintf(`findings that make the exit code 1: %s, "any" or "none" (repeatable)`, strings.Join(known, ", ")))
	flags.BoolVar(&r.isLong, "all", false, "list also what was never seen, or has not enough evidence, one by one")
}

// addCSV adds the flag of commands whose findings people sort and filter.
func (r *reportFlags) addCSV(flags *pflag.FlagSet) {
	flags.BoolVar(&r.isCSV, "csv", false, "write all findings as a table (CSV), in place of --format")
}

// check reports what is wrong with the flags, before the work starts.
func (r *reportFlags) check(files []string) error {
	if !slices.Contains(report.Formats(), r.format) {
		return usagef("unknown format %q: --format takes %s", r.format, strings.Join(report.Formats(), ", "))
	}
	for _, value := range r.failOn {
		if !slices.Contains(r.known, value) && value != "any" && value != "none" {
			return usagef("unknown value %q: --fail-on takes %s, any, none", value, strings.Join(r.known, ", "))
		}
	}
	return checkOutput(r.output, files)
}

// fails reports whether a finding fails the check. Of two recordings, what may be chance fails none.
func (r *reportFlags) fails(f compare.Finding) bool {
	if f.Verdict != compare.Proved && f.Kind != compare.Unseen {
		return false
	}
	return slices.Contains(r.failOn, "any") || slices.Contains(r.failOn, string(f.Kind)) ||
		slices.Contains(r.failOn, string(f.Severity))
}

// write writes the report. It fails if a finding fails the check.
func (r *reportFlags) write(cmd *cobra.Command, of *report.Report) error {
	return r.writeAs(cmd, of, func(w io.Writer, o report.Options) error {
		if r.isCSV {
			return report.WriteCSV(w, of.Findings)
		}
		return report.Write(w, r.format, of, o)
	})
}

// writeAs writes what as writes of a report. It fails if a finding fails the check.
func (r *reportFlags) writeAs(
	cmd *cobra.Command, of *report.Report, as func(io.Writer, report.Options) error,
) error {
	of.Fails = r.fails
	err := write(cmd, r.output, func(w io.Writer) error {
		return as(w, report.Options{Colour: isTerminal(w) && !r.isPlain, Unseen: r.isLong})
	})
	if err != nil {
		return err
	}
	if n := uint64(len(of.Failing())); n > 0 {
		return fmt.Errorf("%s (--fail-on %s)", pluralOf(n, "finding fails the check", "findings fail the check"),
			strings.Join(r.failOn, ","))
	}
	return nil
}
