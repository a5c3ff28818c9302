// Package filelock keeps a second process from using a directory.
package filelock

import (
	"errors"
	"fmt"
	"os"
)

// ErrLocked means that another process holds the lock.
var ErrLocked = errors.New("locked by another process")

// Lock is a lock on a file. The system releases it when the process ends.
type Lock struct{ file *os.File }

// Acquire locks the file at path. It creates the file if it is absent; the file is never
// removed. Acquire does not wait: it fails with ErrLocked if another process has the lock.
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

// Release releases the lock.
func (l *Lock) Release() error { return l.file.Close() }
