package cli

import (
	"errors"
	"fmt"
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

// write writes text to the file output, or to standard output if output is "" or "-".
func write(cmd *cobra.Command, output string, text []byte) error {
	if isStdout(output) {
		_, err := cmd.OutOrStdout().Write(text)
		return err
	}
	err := os.WriteFile(output, text, 0o644) //nolint:gosec // a document that others may read
	if path, ok := errors.AsType[*fs.PathError](err); ok && path.Op == "open" {
		return usagef("cannot write %s: %w", output, path.Err)
	}
	if err != nil {
		return fmt.Errorf("write the document: %w", err)
	}
	return nil
}

func isStdout(output string) bool { return output == "" || output == "-" }
