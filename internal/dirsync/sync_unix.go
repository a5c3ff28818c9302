//go:build unix

package dirsync

import (
	"errors"
	"fmt"
	"os"
)

// Sync writes to disk which names were created, changed or removed in the directory at path.
func Sync(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("sync directory: %w", err)
	}
	return errors.Join(dir.Sync(), dir.Close())
}
