//go:build unix

package main

import (
	"errors"
	"syscall"
)

// ownGroup puts a process into a group of its own.
func ownGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// signalGroup signals all processes of a group. It fails if no process is left in it.
func signalGroup(leader int, s syscall.Signal) error { return syscall.Kill(-leader, s) }

func groupAlive(leader int) bool {
	return !errors.Is(syscall.Kill(-leader, 0), syscall.ESRCH)
}
