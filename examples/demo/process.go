package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

const (
	stopWithin = 15 * time.Second // for a process to end after SIGTERM
	pollEvery  = 50 * time.Millisecond
)

// command is what to run.
type command struct {
	name string   // for messages, and of the log file
	path string   // the program
	args []string // without the program's name
	dir  string
	env  []string // added to this process's environment
}

// process is a running command in a process group of its own, so that a Ctrl-C
// in the terminal reaches only the demo, which then stops each group in order.
type process struct {
	name    string
	cmd     *exec.Cmd
	output  *output
	logFile *os.File
	done    chan struct{} // closed when the command has ended
	err     error         // how; valid after done
}

// start starts a command; its output goes to NAME.log in logDir.
func start(c command, logDir string) (*process, error) {
	logFile, err := os.Create(filepath.Join(logDir, c.name+".log"))
	if err != nil {
		return nil, fmt.Errorf("create the log of %s: %w", c.name, err)
	}
	p := &process{
		name:    c.name,
		cmd:     exec.CommandContext(context.Background(), c.path, c.args...), // ends by stop, group and all
		output:  newOutput(logFile),
		logFile: logFile,
		done:    make(chan struct{}),
	}
	p.cmd.Dir = c.dir
	p.cmd.Env = append(os.Environ(), c.env...)
	p.cmd.Stdout = p.output
	p.cmd.Stderr = p.output
	p.cmd.SysProcAttr = ownGroup()
	p.cmd.WaitDelay = time.Second // a left-over child may hold the pipe open
	if err := p.cmd.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start %s: %w", c.name, err), logFile.Close())
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

// finish waits for a command that ends by itself.
func (p *process) finish(ctx context.Context) error {
	select {
	case <-p.done:
		if p.err != nil {
			return p.failed(p.err)
		}
		return nil
	case <-ctx.Done():
		return p.failed(context.Cause(ctx))
	}
}

// until polls a condition until it holds, and fails at once if the process ends.
func (p *process) until(ctx context.Context, within time.Duration, what string, condition func(context.Context) bool) error {
	ctx, cancel := context.WithTimeoutCause(ctx, within, fmt.Errorf("waited %s for it: %s", within, what))
	defer cancel()
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	for !condition(ctx) {
		select {
		case <-p.done:
			return p.failed(fmt.Errorf("it ended (%v) before this was so: %s", p.cmd.ProcessState, what))
		case <-ctx.Done():
			return p.failed(context.Cause(ctx))
		case <-ticker.C:
		}
	}
	return nil
}

// awaitLine waits until the process has written n lines that contain text.
func (p *process) awaitLine(ctx context.Context, within time.Duration, text string, n int) (string, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, within, fmt.Errorf("waited %s for its log line: %s", within, text))
	defer cancel()
	line, err := p.output.await(ctx, text, n)
	if err != nil {
		return "", p.failed(err)
	}
	return line, nil
}

// failed says what went wrong with the last lines that the process wrote. A
// demo that is being stopped has not failed: then err is passed on as it is.
func (p *process) failed(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%s: %w; its last lines (all: %s):\n%s", p.name, err, p.logFile.Name(), p.output.tail(20))
}

// stop ends the whole process group: by SIGTERM, and by SIGKILL what is left
// of it after a while.
func (p *process) stop() {
	deadline := time.After(stopWithin)
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	p.signal(syscall.SIGTERM)
wait:
	for p.alive() {
		select {
		case <-deadline:
			break wait
		case <-ticker.C:
		}
	}
	p.signal(syscall.SIGKILL)
	<-p.done
	_ = p.logFile.Close() // a log cut short is no reason to fail
}

func (p *process) signal(s syscall.Signal) {
	// An error says that nobody is left in the group, which is what is wanted.
	_ = signalGroup(p.cmd.Process.Pid, s)
}

func (p *process) alive() bool {
	return groupAlive(p.cmd.Process.Pid)
}
