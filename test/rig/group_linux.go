package rig

import (
	"errors"
	"os"
	"syscall"
)

// ownGroup puts a process into its own group, so that signals reach its children. The kernel
// kills the process when this one ends.
func ownGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// signalGroup signals a process and its children. It is not an error if they have ended.
func signalGroup(p *os.Process, signal syscall.Signal) error {
	if err := syscall.Kill(-p.Pid, signal); !errors.Is(err, syscall.ESRCH) {
		return err
	}
	return nil
}
