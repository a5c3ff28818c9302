package ingest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"akita/internal/dirsync"
	"akita/internal/id"
	"akita/internal/queue"
)

// maxQuarantined limits the files in quarantine. Later bundles are counted,
// logged and dropped.
const maxQuarantined = 1000

// quarantine writes each bundle that cannot be folded to a file and syncs it,
// because the queue releases the bundle after the step. It sets the file of each
// item, unless the quarantine is full. To repeat it changes nothing.
func (w *Worker) quarantine(bad []badItem) error {
	if len(bad) == 0 {
		return nil
	}
	if err := w.writeQuarantine(bad); err != nil {
		return fmt.Errorf("quarantine: %w", err)
	}
	return nil
}

func (w *Worker) writeQuarantine(bad []badItem) error {
	if err := os.MkdirAll(w.config.QuarantineDir, 0o700); err != nil {
		return err
	}
	present, err := os.ReadDir(w.config.QuarantineDir)
	if err != nil {
		return err
	}
	files := map[string]bool{}
	for _, entry := range present {
		files[entry.Name()] = true
	}
	for i, b := range bad {
		name := quarantineName(b.Item)
		if !files[name] && len(files) >= maxQuarantined {
			continue
		}
		path := filepath.Join(w.config.QuarantineDir, name)
		if err := writeSynced(path, b.Payload); err != nil {
			return err
		}
		files[name], bad[i].file = true, path
	}
	return dirsync.Sync(w.config.QuarantineDir)
}

// quarantineName returns the name of an item's file: its position, and the ids of its trace and
// bundle if they are valid.
func quarantineName(item queue.Item) string {
	name := fmt.Sprint(item.Position)
	if id.Is(id.Trace, item.TraceID) {
		name += "-" + item.TraceID
	}
	if isBundleID(item.BundleID) {
		name += "-" + item.BundleID
	}
	return name + ".ndjson.zst"
}

// unquarantine deletes the files of traces.
func (w *Worker) unquarantine(traceIDs []string) error {
	files, err := os.ReadDir(w.config.QuarantineDir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read quarantine: %w", err)
	}
	for _, file := range files {
		parts := strings.SplitN(file.Name(), "-", 3)
		if len(parts) < 2 || !slices.Contains(traceIDs, strings.TrimSuffix(parts[1], ".ndjson.zst")) {
			continue
		}
		if err := os.Remove(filepath.Join(w.config.QuarantineDir, file.Name())); err != nil {
			return fmt.Errorf("delete from quarantine: %w", err)
		}
	}
	return dirsync.Sync(w.config.QuarantineDir)
}

func writeSynced(path string, data []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Sync(), file.Close())
}
