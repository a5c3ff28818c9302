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

// readEntries hands each entry of the named HAR files to use, file by file and in order;
// "-" is standard input, gzip is looked through, and a terminal sees how far it is. The
// entry and its strings are use's until it returns.
//
// What is bad is named on standard error and left out: an entry, or the rest of a file that
// is cut or broken after some calls. A file that cannot be read at all is a usageError, and
// so is it when no file holds a call. The errors of use, of the command's context and of the
// disk are returned as they are.
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
		return usagef("no call was read: record some traffic and export it again")
	}
	return nil
}

// maxNamedEntries is how many bad entries of a file are named one by one.
const maxNamedEntries = 10

// readFile reads one file and returns how many calls it holds.
func readFile(cmd *cobra.Command, name string, use func(*har.Entry) error) (calls int, err error) {
	in, err := openInput(cmd, name)
	if err != nil {
		return 0, err
	}
	defer in.close()
	warn := func(format string, args ...any) {
		in.clearProgress()
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", in.label, fmt.Sprintf(format, args...))
	}
	bad := 0
	calls, err = eachEntry(cmd.Context(), in, use, func(err *har.EntryError) {
		if bad++; bad <= maxNamedEntries {
			warn("%v (left out)", err)
		}
	})
	if bad > maxNamedEntries {
		warn("%d bad entries in all were left out", bad)
	}
	var broken *har.BrokenError
	var disk *fs.PathError
	switch isBroken := errors.As(err, &broken); {
	case isBroken && errors.As(err, &disk):
		return calls, disk
	case isBroken && calls > 0:
		warn("%v (what was read before: %s)", broken, plural(uint64(calls), "call"))
		return calls, nil
	case isBroken, errors.Is(err, har.ErrNoHAR):
		return calls, usagef("%s: %w", in.label, err)
	case err == nil && calls+bad == 0:
		warn("it has no entries")
	}
	return calls, err
}

// eachEntry hands each entry of a file to use and each bad one to report, and returns how
// many were used.
func eachEntry(ctx context.Context, in io.Reader, use func(*har.Entry) error, report func(*har.EntryError)) (calls int, err error) {
	entries := har.NewDecoder(in)
	var e har.Entry
	for {
		err := entries.Next(&e)
		var bad *har.EntryError
		switch {
		case ctx.Err() != nil:
			return calls, ctx.Err()
		case errors.Is(err, io.EOF):
			return calls, nil
		case errors.As(err, &bad):
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
