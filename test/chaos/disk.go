package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// diskBytes is the size of the daemon's disk.
const diskBytes = 64 << 20

// disk is a small file system that a test can fill.
type disk struct {
	path string
}

// mountDisk creates a folder and mounts an empty tmpfs there.
func mountDisk(path string) (*disk, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("make the disk's folder: %w", err)
	}
	options := fmt.Sprintf("size=%d,mode=0700", diskBytes)
	if err := mountTmpfs(path, options); err != nil {
		return nil, fmt.Errorf(
			"mount a tmpfs of 64 MiB for the daemon: %w; run as root, "+
				"or in new namespaces: unshare --map-root-user --mount make chaos",
			err,
		)
	}
	return &disk{path}, nil
}

// fill writes until the disk is full.
func (d *disk) fill() (err error) {
	file, err := os.OpenFile(d.filler(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("fill the disk: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	for piece := make([]byte, 1<<20); len(piece) > 0; {
		_, err := file.Write(piece)
		switch {
		case errors.Is(err, syscall.ENOSPC):
			piece = piece[:len(piece)/2] // to fill the rest to the last byte
		case err != nil:
			return fmt.Errorf("fill the disk: %w", err)
		}
	}
	return nil
}

// free removes what fill wrote.
func (d *disk) free() error {
	if err := os.Remove(d.filler()); err != nil {
		return fmt.Errorf("free the disk: %w", err)
	}
	return nil
}

func (d *disk) unmount() error {
	if err := unmount(d.path); err != nil {
		return fmt.Errorf("unmount the daemon's disk: %w", err)
	}
	return nil
}

func (d *disk) filler() string { return filepath.Join(d.path, "filler") }
