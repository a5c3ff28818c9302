package agent

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"akita/internal/filelock"
)

// plainName matches names that every file system allows, if they have at most maxPlainName bytes. The
// expression does not say so itself: it would take 60 KB.
var plainName = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]*$`)

const maxPlainName = 64

// dataDirName returns the name of a daemon's folder: the daemon's name if every file
// system allows it, otherwise the allowed part of it and a digest.
func dataDirName(daemon string) string {
	if len(daemon) <= maxPlainName && plainName.MatchString(daemon) {
		return daemon
	}
	allowed := regexp.MustCompile(`[^A-Za-z0-9_-]+`).ReplaceAllString(daemon, "_")
	digest := sha256.Sum256([]byte(daemon))
	return allowed[:min(len(allowed), 48)] + "-" + hex.EncodeToString(digest[:8])
}

// dataDir is the daemon's own folder, locked against other processes.
type dataDir struct {
	path string
	lock *filelock.Lock
}

func openDataDir(parent, daemon string) (*dataDir, error) {
	path := filepath.Join(parent, dataDirName(daemon))
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("cannot create the data folder: %w; choose another with --data-dir", err)
	}
	lock, err := filelock.Acquire(filepath.Join(path, "lock"))
	switch {
	case errors.Is(err, filelock.ErrLocked):
		return nil, fmt.Errorf(
			"a daemon named %q is running already with the data folder %s: stop it, or choose another name with --name",
			daemon,
			parent,
		)
	case err != nil:
		return nil, fmt.Errorf("cannot write to the data folder: %w; choose another with --data-dir", err)
	}
	return &dataDir{path: path, lock: lock}, nil
}

func (d *dataDir) close() error { return d.lock.Release() }
