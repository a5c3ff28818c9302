package main

import (
	"os"
	"syscall"
)

// ownGroup does nothing: Windows has no process groups that could be signalled. `make
// demo` needs a Unix; here it only has to compile.
func ownGroup() *syscall.SysProcAttr { return nil }

func signalGroup(leader int, _ syscall.Signal) error {
	p, err := os.FindProcess(leader)
	if err != nil {
		return err
	}
	return p.Kill()
}

func groupAlive(leader int) bool {
	_, err := os.FindProcess(leader)
	return err == nil
}
