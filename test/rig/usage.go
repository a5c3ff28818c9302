package rig

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// clockTicks is USER_HZ, the unit of CPU time in Linux: 100 per second on every platform.
const clockTicks = 100

// PeakMemory returns the largest resident set (VmHWM) of the process without its children, in
// bytes.
func (p *Process) PeakMemory() (int64, error) { return p.memory("VmHWM:") }

// Memory returns the resident set of the process without its children, in bytes.
func (p *Process) Memory() (int64, error) { return p.memory("VmRSS:") }

// ForgetPeak makes PeakMemory return the largest resident set from now on. See proc(5), clear_refs.
func (p *Process) ForgetPeak() error {
	if err := os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", p.cmd.Process.Pid), []byte("5"), 0); err != nil {
		return fmt.Errorf("memory of %s: %w", p.name, err)
	}
	return nil
}

func (p *Process) memory(field string) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("memory of %s: %w", p.name, err)
	}
	kilobytes, err := number(text, field)
	if err != nil {
		return 0, fmt.Errorf("memory of %s: %w", p.name, err)
	}
	return kilobytes << 10, nil
}

// Written returns how many bytes the process caused to be written to disks so far.
func (p *Process) Written() (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/io", p.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("bytes written by %s: %w", p.name, err)
	}
	bytes, err := number(text, "write_bytes:")
	if err != nil {
		return 0, fmt.Errorf("bytes written by %s: %w", p.name, err)
	}
	return bytes, nil
}

// number returns the value of a field in a file of /proc.
func number(text []byte, field string) (int64, error) {
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == field {
			return strconv.ParseInt(fields[1], 10, 64)
		}
	}
	return 0, fmt.Errorf("there is no %q", field)
}

// CPU returns the CPU time that the process has used so far without its children, in user mode
// and in the kernel.
func (p *Process) CPU() (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("CPU time of %s: %w", p.name, err)
	}
	// The second field is the program's name in parentheses, which may hold any character.
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	const utime, stime = 11, 12 // fields 14 and 15 of proc(5)
	if len(fields) <= stime {
		return 0, fmt.Errorf("CPU time of %s: /proc/%d/stat is too short", p.name, p.cmd.Process.Pid)
	}
	var ticks int64
	for _, i := range []int{utime, stime} {
		n, err := strconv.ParseInt(fields[i], 10, 64)
		if err != nil {
			return 0, fmt.Errorf("CPU time of %s: %w", p.name, err)
		}
		ticks += n
	}
	return time.Duration(ticks) * time.Second / clockTicks, nil
}
