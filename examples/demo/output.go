package main

import (
	"bytes"
	"context"
	"io"
	"strings"
	"sync"
)

// keptLines is how many of its last lines an output keeps in memory.
const keptLines = 1000

// output writes what a process prints to a file, and finds lines in it.
type output struct {
	file io.Writer

	mu      sync.Mutex
	partial []byte
	lines   []string
	changed chan struct{} // closed and replaced when there are new lines
}

func newOutput(file io.Writer) *output {
	return &output{file: file, changed: make(chan struct{})}
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.partial = append(o.partial, b...)
	for {
		line, rest, found := bytes.Cut(o.partial, []byte("\n"))
		if !found {
			break
		}
		o.lines = append(o.lines, string(line))
		o.partial = rest
	}
	o.lines = o.lines[max(0, len(o.lines)-keptLines):]
	close(o.changed)
	o.changed = make(chan struct{})
	return o.file.Write(b)
}

// await waits until at least n lines contain text, and returns the last of them.
func (o *output) await(ctx context.Context, text string, n int) (string, error) {
	for {
		last, count, changed := o.find(text)
		if count >= n {
			return last, nil
		}
		select {
		case <-ctx.Done():
			return "", context.Cause(ctx)
		case <-changed:
		}
	}
}

func (o *output) find(text string) (last string, count int, changed <-chan struct{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, line := range o.lines {
		if strings.Contains(line, text) {
			last = line
			count++
		}
	}
	return last, count, o.changed
}

// tail returns the last n lines, each indented.
func (o *output) tail(n int) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	lines := o.lines[max(0, len(o.lines)-n):]
	if len(o.partial) > 0 {
		lines = append(lines[:len(lines):len(lines)], string(o.partial))
	}
	var text strings.Builder
	for _, line := range lines {
		text.WriteString("       | " + line + "\n")
	}
	return text.String()
}
