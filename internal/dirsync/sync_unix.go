//go:build unix

package dirsync

import (
	"errors"
	"fmt"
	"os"
)

// Sync returns when the names that were made, changed or removed in the folder are on disk.
func Sync(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return errors.Join(folder.Sync(), folder.Close())
}
