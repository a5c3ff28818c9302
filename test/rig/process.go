// Package rig runs the real parts as separate processes, for tests and benchmarks that drive
// them from outside.
package rig

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Command describes how to start a process.
type Command struct {
	Name string // in messages
	Path string // of the program
	Args []string
	Dir  string
	Env  []string // its environment, in addition to PATH and HOME
}

// Line is one line that a process wrote, with its time of arrival.
type Line struct {
	Text string
	At   time.Time
}

// Process is a running process and the lines it has written so far.
type Process struct {
	name string
	cmd  *exec.Cmd
	done chan struct{} // closed when it has ended and all its lines are read

	mu      sync.Mutex
	lines   []Line
	changed chan struct{} // closed and replaced with each new line
}

// Start starts a process. The caller ends it with Stop or Kill.
func Start(c Command) (*Process, error) {
	output, input, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", c.Name, err)
	}
	p := &Process{name: c.Name, done: make(chan struct{}), changed: make(chan struct{})}
	p.cmd = exec.Command(c.Path, c.Args...) //nolint:noctx // Stop or Kill end it with its group
	p.cmd.Dir = c.Dir
	p.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}, c.Env...)
	p.cmd.Stdout, p.cmd.Stderr = input, input
	p.cmd.SysProcAttr = ownGroup()
	if err := p.cmd.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start %s: %w", c.Name, err), input.Close(), output.Close())
	}
	if err := input.Close(); err != nil { // the process has its own
		return nil, fmt.Errorf("start %s: %w", c.Name, err)
	}
	go p.collect(output)
	return p, nil
}

// Run runs a command to its end. If it fails, the error has its last lines.
func Run(ctx context.Context, c Command) error {
	p, err := Start(c)
	if err != nil {
		return err
	}
	select {
	case <-p.done:
	case <-ctx.Done():
		return errors.Join(ctx.Err(), p.Kill())
	}
	if code := p.ExitCode(); code != 0 {
		return fmt.Errorf("%s: exit code %d:\n%s", c.Name, code, p.Tail())
	}
	return nil
}

// Line returns the first line that matches. It waits if there is none yet.
func (p *Process) Line(ctx context.Context, pattern *regexp.Regexp) (Line, error) {
	for next := 0; ; {
		lines, changed := p.since(next)
		for _, line := range lines {
			if pattern.MatchString(line.Text) {
				return line, nil
			}
		}
		next += len(lines)
		select {
		case <-changed:
		case <-p.done:
			if rest, _ := p.since(next); len(rest) == 0 {
				return Line{}, fmt.Errorf("%s ended before a line matched %s:\n%s", p.name, pattern, p.Tail())
			}
		case <-ctx.Done():
			return Line{}, fmt.Errorf("%s: no line matched %s: %w\n%s", p.name, pattern, ctx.Err(), p.Tail())
		}
	}
}

// Done returns a channel that is closed when the process has ended and all its lines are read.
func (p *Process) Done() <-chan struct{} { return p.done }

// ExitCode returns the exit code, -1 if a signal ended the process. It is valid after Done.
func (p *Process) ExitCode() int { return p.cmd.ProcessState.ExitCode() }

// Stop asks the process and its children to end (SIGTERM), and kills them when ctx ends.
func (p *Process) Stop(ctx context.Context) error {
	if err := p.signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case <-p.done:
		return nil
	case <-ctx.Done():
		return errors.Join(fmt.Errorf("stop %s: %w", p.name, ctx.Err()), p.Kill())
	}
}

// Kill kills the process and its children (SIGKILL).
func (p *Process) Kill() error {
	err := p.signal(syscall.SIGKILL)
	<-p.done
	return err
}

// Tail returns the last lines, for messages.
func (p *Process) Tail() string {
	lines, _ := p.since(0)
	var tail strings.Builder
	for _, line := range lines[max(0, len(lines)-20):] {
		tail.WriteString("  " + line.Text + "\n")
	}
	return tail.String()
}

// since returns the lines from index on, and a channel that is closed with the next line.
func (p *Process) since(index int) ([]Line, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.lines[index:]), p.changed
}

func (p *Process) signal(signal syscall.Signal) error {
	if err := signalGroup(p.cmd.Process, signal); err != nil {
		return fmt.Errorf("signal %s: %w", p.name, err)
	}
	return nil
}

func (p *Process) collect(output io.ReadCloser) {
	defer close(p.done)
	scanner := bufio.NewScanner(output)
	for scanner.Scan() {
		p.mu.Lock()
		p.lines = append(p.lines, Line{Text: scanner.Text(), At: time.Now()})
		close(p.changed)
		p.changed = make(chan struct{})
		p.mu.Unlock()
	}
	// ProcessState has the result; errors of the pipe add nothing.
	_ = output.Close()
	_ = p.cmd.Wait()
}
