// Package filelock keeps a second process off a folder.
package filelock

import (
	"errors"
	"fmt"
	"os"
)

// ErrLocked says that another process holds the lock.
var ErrLocked = errors.New("locked by another process")

// Lock is a lock on a file; it ends with the process at the latest.
type Lock struct{ file *os.File }

// Acquire takes the lock on the file at path, which is made where it is absent and
// stays behind. It does not wait: it fails with ErrLocked.
func Acquire(path string) (*Lock, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	if err := lock(file); err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), file.Close())
	}
	return &Lock{file}, nil
}

// Release gives the lock back.
func (l *Lock) Release() error { return l.file.Close() }
