package rig

import (
	"errors"
	"os"
	"time"
)

// PeakMemoryOf returns 0: Windows does not report it.
func PeakMemoryOf(*os.ProcessState) int64 { return 0 }

// OwnCPU returns an error: nothing is measured on Windows.
func OwnCPU() (time.Duration, error) {
	return 0, errors.New("own CPU time: measure on a system with getrusage(2)")
}
