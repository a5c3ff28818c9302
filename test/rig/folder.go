package rig

import (
	"errors"
	"fmt"
	"os"
)

// InFolder calls use with a new folder for temporary files, and removes it with all that is in it.
func InFolder(use func(folder string) error) (err error) {
	folder, err := os.MkdirTemp("", "akita-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	return use(folder)
}
