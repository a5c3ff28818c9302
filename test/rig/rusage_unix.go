//go:build unix

package rig

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
	"time"
)

// PeakMemoryOf returns the largest resident set of an ended process, in bytes. See getrusage(2).
func PeakMemoryOf(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" { // counts in bytes, other systems in KiB
		return usage.Maxrss
	}
	return usage.Maxrss << 10
}

// OwnCPU returns the CPU time that this process has used so far.
func OwnCPU() (time.Duration, error) {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0, fmt.Errorf("own CPU time: %w", err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), nil
}
