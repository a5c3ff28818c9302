package cli

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"akita/internal/har"
)

// readEntries hands each entry of the named HAR files to use, file by file and in order;
// "-" is standard input, gzip is looked through, and a terminal sees how far it is. The
// entry and its strings are use's until it returns.
//
// A bad entry is named on standard error and left out. A file that cannot be read is a
// usageError; the errors of use and of the command's context are returned as they are.
func readEntries(cmd *cobra.Command, files []string, use func(*har.Entry) error) error {
	for _, name := range files {
		if err := readFile(cmd, name, use); err != nil {
			return err
		}
	}
	return nil
}

// maxNamedEntries is how many bad entries of a file are named one by one.
const maxNamedEntries = 10

func readFile(cmd *cobra.Command, name string, use func(*har.Entry) error) error {
	in, closeFile, err := openInput(cmd, name)
	if err != nil {
		return err
	}
	defer closeFile()
	label := name
	if name == "-" {
		label = "standard input"
	}
	bad, err := eachEntry(cmd.Context(), in, use, func(n int, err *har.EntryError) {
		if n < maxNamedEntries {
			fmt.Fprintf(cmd.ErrOrStderr(), "%s: %v (left out)\n", label, err)
		}
	})
	if bad > maxNamedEntries {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d bad entries in all were left out\n", label, bad)
	}
	if err != nil && cmd.Context().Err() == nil {
		return usagef("%s: %w", label, err)
	}
	return err
}

// eachEntry hands each entry of a file to use and each bad one to report, and returns how many were bad.
func eachEntry(ctx context.Context, in io.Reader, use func(*har.Entry) error, report func(n int, err *har.EntryError)) (int, error) {
	entries := har.NewDecoder(in)
	var e har.Entry
	bad := 0
	for {
		err := entries.Next(&e)
		var entryError *har.EntryError
		switch {
		case ctx.Err() != nil:
			return bad, ctx.Err()
		case errors.Is(err, io.EOF):
			return bad, nil
		case errors.As(err, &entryError):
			report(bad, entryError)
			bad++
		case err != nil:
			return bad, err
		default:
			if err := use(&e); err != nil {
				return bad, err
			}
		}
	}
}

// openInput opens a file, or standard input for "-", and looks through gzip.
func openInput(cmd *cobra.Command, name string) (io.Reader, func(), error) {
	in, closeFile, size := cmd.InOrStdin(), func() {}, int64(-1)
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, nil, usagef("%w", err)
		}
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
		in, closeFile = f, func() { _ = f.Close() } // read only: nothing is lost
	}
	in, done := watchReading(in, name, size, cmd.ErrOrStderr())
	closeInput := closeFile
	closeFile = func() { done(); closeInput() }
	buffered := bufio.NewReaderSize(in, 64<<10)
	if magic, err := buffered.Peek(2); err != nil || magic[0] != 0x1f || magic[1] != 0x8b {
		return buffered, closeFile, nil //nolint:nilerr // an empty or unreadable file is reported when it is read
	}
	unzipped, err := gzip.NewReader(buffered)
	if err != nil {
		closeFile()
		return nil, nil, usagef("%s: %w", name, err)
	}
	return unzipped, closeFile, nil
}
