package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// checkOutput fails, before the work starts, if output cannot be written or is one of the
// input files.
func checkOutput(output string, files []string) error {
	if isStdout(output) {
		return nil
	}
	existing, err := os.Stat(output)
	if err != nil {
		if dir, err := os.Stat(filepath.Dir(output)); err != nil || !dir.IsDir() {
			return usagef("cannot write %s: there is no directory %s", output, filepath.Dir(output))
		}
		return nil
	}
	if existing.IsDir() {
		return usagef("cannot write %s: it is a directory; name a file in it", output)
	}
	for _, name := range files {
		if in, err := os.Stat(name); err == nil && os.SameFile(in, existing) {
			return usagef("cannot write %s: it is one of the input files; choose another name", output)
		}
	}
	return nil
}

// write opens the file output, or standard output if output is "" or "-", for writeTo.
func write(cmd *cobra.Command, output string, writeTo func(io.Writer) error) error {
	if isStdout(output) {
		return writeTo(cmd.OutOrStdout())
	}
	file, err := os.Create(output)
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return usagef("cannot write %s: %w", output, path.Err)
	}
	if err != nil {
		return fmt.Errorf("write the document: %w", err)
	}
	if err := errors.Join(writeTo(file), file.Close()); err != nil {
		return fmt.Errorf("write the document: %w", err)
	}
	return nil
}

func isStdout(output string) bool { return output == "" || output == "-" }
