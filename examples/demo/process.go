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
	name string   // in messages and of the log file
	path string   // the program
	args []string // without the program's name
	dir  string
	env  []string // added to this process's environment
}

// process is a running command in its own process group. So a Ctrl-C in the terminal reaches
// only the demo, which then stops each group in order.
type process struct {
	name    string
	cmd     *exec.Cmd
	output  *output
	logFile *os.File
	done    chan struct{} // closed when the command has ended
	err     error         // how it ended; valid after done
}

// start starts a command; its output goes to NAME.log in logDir.
func start(c command, logDir string) (*process, error) {
	logFile, err := os.Create(filepath.Join(logDir, c.name+".log"))
	if err != nil {
		return nil, fmt.Errorf("create the log of %s: %w", c.name, err)
	}
	p := &process{
		name:    c.name,
		cmd:     exec.CommandContext(context.Background(), c.path, c.args...), // stop ends it with its group
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

// until polls a condition until it holds. It fails at once if the process ends.
func (p *process) until(
	ctx context.Context,
	within time.Duration,
	what string,
	condition func(context.Context) bool,
) error {
	ctx, cancel := context.WithTimeoutCause(ctx, within, fmt.Errorf("waited %s until %s", within, what))
	defer cancel()
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	for !condition(ctx) {
		select {
		case <-p.done:
			return p.failed(fmt.Errorf("it ended (%v) before %s", p.cmd.ProcessState, what))
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

// failed adds the last lines that the process wrote to err. It returns err unchanged if the
// demo is being stopped, which is not a failure.
func (p *process) failed(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%s: %w; its last lines (all: %s):\n%s", p.name, err, p.logFile.Name(), p.output.tail(20))
}

// stop ends the process group with SIGTERM. After stopWithin it kills what is left.
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
	_ = p.logFile.Close() // an incomplete log is not worth a failure
}

func (p *process) signal(s syscall.Signal) {
	// It fails if the group is empty, which is the aim.
	_ = signalGroup(p.cmd.Process.Pid, s)
}

func (p *process) alive() bool {
	return groupAlive(p.cmd.Process.Pid)
}
