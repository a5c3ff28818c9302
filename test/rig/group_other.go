//go:build !linux

package rig

import (
	"errors"
	"os"
	"syscall"
)

// ownGroup does nothing here: children of a process may outlive it.
func ownGroup() *syscall.SysProcAttr { return nil }

// signalGroup signals a process; one that has ended does not mind.
func signalGroup(p *os.Process, signal syscall.Signal) error {
	if err := p.Signal(signal); !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}
