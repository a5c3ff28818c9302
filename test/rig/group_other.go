//go:build !linux

package rig

import (
	"errors"
	"os"
	"syscall"
)

// ownGroup does nothing on this system, so children of a process may outlive it.
func ownGroup() *syscall.SysProcAttr { return nil }

// signalGroup signals a process. It is not an error if it has ended.
func signalGroup(p *os.Process, signal syscall.Signal) error {
	if err := p.Signal(signal); !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}
