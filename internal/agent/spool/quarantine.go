package spool

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Bounds of the quarantine. What exceeds them is counted, but not kept.
const (
	quarantineFiles = 64
	quarantineBytes = 16 << 20
)

// quarantine is a folder for what could not be sent, for a person to look at.
type quarantine struct{ dir string }

func (q quarantine) keep(name string, data []byte) error {
	files, bytes, err := q.size()
	if err != nil || files >= quarantineFiles || bytes+int64(len(data)) > quarantineBytes {
		return err
	}
	if err := os.MkdirAll(q.dir, 0o700); err != nil {
		return fmt.Errorf("quarantine: %w", err)
	}
	if err := os.WriteFile(filepath.Join(q.dir, name), data, 0o600); err != nil {
		return fmt.Errorf("quarantine: %w", err)
	}
	return nil
}

func (q quarantine) size() (files int, bytes int64, err error) {
	entries, err := os.ReadDir(q.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, 0, fmt.Errorf("quarantine: %w", err)
	}
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil {
			bytes += info.Size()
		}
	}
	return len(entries), bytes, nil
}
