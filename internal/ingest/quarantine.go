package ingest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"akita/internal/dirsync"
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

// quarantineName returns the name of an item's file: its position, and its
// bundle id if that is valid.
func quarantineName(item queue.Item) string {
	name := fmt.Sprint(item.Position)
	if isBundleID(item.BundleID) {
		name += "-" + item.BundleID
	}
	return name + ".ndjson.zst"
}

func writeSynced(path string, data []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Sync(), file.Close())
}
