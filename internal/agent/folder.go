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

var plainName = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$`)

// folderName is the daemon's name where that is fit for a file system, else
// what is fit of it and a digest.
func folderName(daemon string) string {
	if plainName.MatchString(daemon) {
		return daemon
	}
	fit := regexp.MustCompile(`[^A-Za-z0-9_-]+`).ReplaceAllString(daemon, "_")
	digest := sha256.Sum256([]byte(daemon))
	return fit[:min(len(fit), 48)] + "-" + hex.EncodeToString(digest[:8])
}

// folder is the daemon's own folder, locked against other processes.
type folder struct {
	path string
	lock *filelock.Lock
}

func openFolder(dataDir, daemon string) (*folder, error) {
	path := filepath.Join(dataDir, folderName(daemon))
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("cannot create the data folder: %w; choose another with --data-dir", err)
	}
	lock, err := filelock.Acquire(filepath.Join(path, "lock"))
	switch {
	case errors.Is(err, filelock.ErrLocked):
		return nil, fmt.Errorf("a daemon named %q is running already with the data folder %s: stop it, or choose another name with --name", daemon, dataDir)
	case err != nil:
		return nil, fmt.Errorf("cannot write to the data folder: %w; choose another with --data-dir", err)
	}
	return &folder{path: path, lock: lock}, nil
}

func (f *folder) close() error { return f.lock.Release() }
