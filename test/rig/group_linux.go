package rig

import (
	"errors"
	"os"
	"syscall"
)

// ownGroup puts a process into a group of its own, so that signals reach its
// children; and it dies with us.
func ownGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// signalGroup signals a process and its children; those that have ended do not mind.
func signalGroup(p *os.Process, signal syscall.Signal) error {
	if err := syscall.Kill(-p.Pid, signal); !errors.Is(err, syscall.ESRCH) {
		return err
	}
	return nil
}
