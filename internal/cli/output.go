package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// checkOutput refuses, before the work, an output that would be in vain or would overwrite
// one of the files read.
func checkOutput(output string, files []string) error {
	if isStdout(output) {
		return nil
	}
	there, err := os.Stat(output)
	if err != nil {
		if folder, err := os.Stat(filepath.Dir(output)); err != nil || !folder.IsDir() {
			return usagef("cannot write %s: there is no directory %s", output, filepath.Dir(output))
		}
		return nil
	}
	if there.IsDir() {
		return usagef("cannot write %s: it is a directory; name a file in it", output)
	}
	for _, name := range files {
		if in, err := os.Stat(name); err == nil && os.SameFile(in, there) {
			return usagef("cannot write %s: it is one of the files to read", output)
		}
	}
	return nil
}

// write writes to a file, or to standard output without one.
func write(cmd *cobra.Command, output string, text []byte) error {
	if isStdout(output) {
		_, err := cmd.OutOrStdout().Write(text)
		return err
	}
	err := os.WriteFile(output, text, 0o644) //nolint:gosec // a document that others may read
	var path *fs.PathError
	if errors.As(err, &path) && path.Op == "open" {
		return usagef("cannot write %s: %w", output, path.Err)
	}
	if err != nil {
		return fmt.Errorf("write the document: %w", err)
	}
	return nil
}

func isStdout(output string) bool { return output == "" || output == "-" }
