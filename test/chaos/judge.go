package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strings"

	"akita/client"
)

// maxDaemonRSS is the memory that a daemon may use: promise P3.
const maxDaemonRSS = 64 << 20

// maxShown limits how many differences of one kind are printed.
const maxShown = 20

// judge stops daemon and server in order, and compares what the server has with what was
// acknowledged.
func (x *experiment) judge(ctx context.Context) error {
	x.daemon.stop() // it sends its spool first, so nothing can follow
	verdict := errors.Join(x.arrive(ctx), x.judgeCounts(ctx), x.judgeDocument(ctx))
	x.server.stop() // it no longer writes what is read below
	x.printTable()
	return errors.Join(verdict, x.judgeProcesses())
}

// judgeCounts compares the model's counts with our own.
func (x *experiment) judgeCounts(ctx context.Context) error {
	model, err := x.api.Model(ctx, project, client.Filter{})
	if err != nil {
		return err
	}
	counted := make(map[string]int)
	for _, e := range model.Endpoints {
		for status, n := range e.Statuses {
			counted[e.Method+" "+anonymous(e.Path)+" "+status] += n
		}
	}
	expected := make(map[string]int)
	for c := range x.load.acknowledged() {
		expected[fmt.Sprintf("%s %s %d", c.method, anonymous(c.endpoint()), c.status)]++
	}
	var errs []error
	keys := slices.Sorted(maps.Keys(counted))
	for key := range expected {
		if _, known := counted[key]; !known {
			keys = append(keys, key)
		}
	}
	for _, key := range keys {
		if counted[key] != expected[key] && len(errs) < maxShown {
			errs = append(
				errs,
				fmt.Errorf("%s: %d calls are in the model, %d were acknowledged", key, counted[key], expected[key]),
			)
		}
	}
	return errors.Join(errs...)
}

// judgeDocument compares the server's OpenAPI document byte for byte with the one that `akita
// model build` makes of the acknowledged calls.
func (x *experiment) judgeDocument(ctx context.Context) error {
	var document bytes.Buffer
	if err := x.api.OpenAPI(ctx, project, client.YAML, client.Filter{}, &document); err != nil {
		return err
	}
	got := document.Bytes()
	want, err := x.fold(ctx)
	if err != nil {
		return err
	}
	if !bytes.Equal(got, want) {
		return fmt.Errorf(
			"the server's OpenAPI document is not the fold of the acknowledged calls: %s",
			firstDifference(got, want),
		)
	}
	return nil
}

// fold returns the document of the acknowledged calls.
func (x *experiment) fold(ctx context.Context) ([]byte, error) {
	build := exec.CommandContext(
		ctx,
		x.binary,
		"model",
		"build",
		"-",
		"--no-enums",
		"--title",
		project,
		"--format",
		"yaml",
	)
	var document, complaints bytes.Buffer
	build.Stdout, build.Stderr = &document, &complaints
	input, err := build.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("fold the acknowledged calls: %w", err)
	}
	if err := build.Start(); err != nil {
		return nil, fmt.Errorf("fold the acknowledged calls: %w", err)
	}
	lines := bufio.NewWriter(input)
	encoder := json.NewEncoder(lines)
	for c := range x.load.acknowledged() {
		if err = encoder.Encode(c.entry()); err != nil {
			break
		}
	}
	err = errors.Join(err, lines.Flush(), input.Close(), build.Wait())
	if err != nil || complaints.Len() > 0 {
		return nil, fmt.Errorf("fold the acknowledged calls: %w\n%s", err, complaints.String())
	}
	return document.Bytes(), nil
}

// judgeProcesses returns what daemon, server and middleware did but must not do.
func (x *experiment) judgeProcesses() error {
	var errs []error
	for _, s := range []*supervised{x.daemon, x.server} {
		for _, text := range s.surprises {
			errs = append(errs, errors.New(text))
		}
	}
	for text, times := range x.load.wrongs() {
		errs = append(errs, fmt.Errorf("%d times: %s", times, text))
	}
	if x.daemon.peakRSS > maxDaemonRSS {
		errs = append(
			errs,
			fmt.Errorf("the daemon used %.1f MiB, its limit is %d MiB", mebibytes(x.daemon.peakRSS), maxDaemonRSS>>20),
		)
	}
	return errors.Join(errs[:min(len(errs), maxShown)]...)
}

// firstDifference shows where two texts first differ.
func firstDifference(got, want []byte) string {
	gotLines, wantLines := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range min(len(gotLines), len(wantLines)) {
		if gotLines[i] != wantLines[i] {
			return fmt.Sprintf("line %d is %q and should be %q", i+1, gotLines[i], wantLines[i])
		}
	}
	return fmt.Sprintf("it has %d lines and should have %d", len(gotLines), len(wantLines))
}

// anonymous returns a path without the names of its parameters.
func anonymous(path string) string {
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		if strings.HasPrefix(segment, "{") {
			segments[i] = "{}"
		}
	}
	return strings.Join(segments, "/")
}

func mebibytes(bytes int64) float64 { return float64(bytes) / (1 << 20) }
