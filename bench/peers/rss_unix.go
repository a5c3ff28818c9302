//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakRSS is the largest resident set that an ended process had, in bytes. See getrusage(2).
func peakRSS(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" { // alone, it counts in bytes
		return usage.Maxrss
	}
	return usage.Maxrss << 10
}
