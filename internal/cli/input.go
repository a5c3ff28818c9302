package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/spf13/cobra"

	"akita/internal/har"
)

// readEntries calls use for each entry of the named HAR files, in order. The name "-" is
// standard input; gzip is decompressed; the recordings in a zip archive are read one after the
// other; a terminal shows the progress. Bodies that a recording has in files of their own are
// read from there. The entry and its strings are valid until use returns.
//
// Bad entries, and the rest of a file that is truncated or broken after some calls, are
// reported on standard error and skipped. readEntries returns a usageError if a file cannot
// be read at all, or if no file holds a call. It returns errors of use, of the command's
// context and of the disk unchanged.
func readEntries(cmd *cobra.Command, files []string, use func(*har.Entry) error) error {
	total := 0
	for _, name := range files {
		calls, err := readFile(cmd, name, use)
		if err != nil {
			return err
		}
		total += calls
	}
	if total == 0 {
		return usagef("the input holds no calls: record some traffic and export it again")
	}
	return nil
}

// maxNamedEntries is the number of bad entries of a file that are reported one by one.
const maxNamedEntries = 10

// readFile reads one file and returns the number of calls in it.
func readFile(cmd *cobra.Command, name string, use func(*har.Entry) error) (calls int, err error) {
	parts, err := openInput(cmd, name)
	if err != nil {
		return 0, err
	}
	for _, in := range parts {
		defer in.close()
	}
	for _, in := range parts {
		n, err := readPart(cmd, in, use)
		calls += n
		if err != nil {
			return calls, err
		}
	}
	return calls, nil
}

// readPart reads one recording and returns the number of calls in it.
func readPart(cmd *cobra.Command, in *input, use func(*har.Entry) error) (calls int, err error) {
	warn := func(format string, args ...any) {
		in.clearProgress()
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", in.label, fmt.Sprintf(format, args...))
	}
	bad := 0
	withBodies := func(e *har.Entry) error {
		in.bodies.attach(e)
		return use(e)
	}
	calls, err = eachEntry(cmd.Context(), in, withBodies, func(err *har.EntryError) {
		if bad++; bad <= maxNamedEntries {
			warn("%v (skipped)", err)
		}
	})
	if bad > maxNamedEntries {
		warn("%d bad entries were skipped", bad)
	}
	if n := in.bodies.missing; n > 0 {
		warn("the files of %s were not found: %s", pluralOf(n, "body", "bodies"), in.bodies.advice)
	}
	broken, isBroken := errors.AsType[*har.BrokenError](err)
	disk, isDisk := errors.AsType[*fs.PathError](err)
	switch {
	case isBroken && isDisk:
		return calls, disk
	case isBroken && calls > 0:
		warn("%v (kept: %s)", broken, plural(uint64(calls), "call"))
		return calls, nil
	case isBroken, errors.Is(err, har.ErrNotHAR):
		return calls, usagef("%s: %w", in.label, err)
	case err == nil && calls+bad == 0:
		warn("it has no entries")
	}
	return calls, err
}

// eachEntry calls use for each entry of a file and report for each bad one. It returns the
// number of entries that were used.
func eachEntry(
	ctx context.Context, in io.Reader, use func(*har.Entry) error, report func(*har.EntryError),
) (calls int, err error) {
	entries := har.NewDecoder(in)
	var e har.Entry
	for {
		err := entries.Next(&e)
		bad, isBad := errors.AsType[*har.EntryError](err)
		switch {
		case ctx.Err() != nil:
			return calls, ctx.Err()
		case errors.Is(err, io.EOF):
			return calls, nil
		case isBad:
			report(bad)
		case err != nil:
			return calls, err
		default:
			if err := use(&e); err != nil {
				return calls, err
			}
			calls++
		}
	}
}
