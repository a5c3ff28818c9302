package ingest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"akita/internal/dirsync"
	"akita/internal/queue"
)

// maxQuarantined bounds the files in quarantine; what comes later is dropped,
// counted and logged.
const maxQuarantined = 1000

// quarantine writes what cannot be folded to files of its own, and syncs them:
// the queue lets go of it in a moment. It notes the file of each, where there is
// room for one. Doing it again changes nothing.
func (f *Folder) quarantine(bad []badItem) error {
	if len(bad) == 0 {
		return nil
	}
	if err := f.writeQuarantine(bad); err != nil {
		return fmt.Errorf("quarantine: %w", err)
	}
	return nil
}

func (f *Folder) writeQuarantine(bad []badItem) error {
	if err := os.MkdirAll(f.config.QuarantineDir, 0o700); err != nil {
		return err
	}
	present, err := os.ReadDir(f.config.QuarantineDir)
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
		path := filepath.Join(f.config.QuarantineDir, name)
		if err := writeSynced(path, b.Payload); err != nil {
			return err
		}
		files[name], bad[i].file = true, path
	}
	return dirsync.Sync(f.config.QuarantineDir)
}

// quarantineName names a file after the position, and the bundle where its id
// is whole.
func quarantineName(item queue.Item) string {
	name := fmt.Sprint(item.Position)
	if bundleID.MatchString(item.BundleID) {
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
