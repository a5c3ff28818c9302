// Server measures the real `akita server`, and `akita model build`: CPU time per call, how long
// pages take while calls arrive, memory, disk, documents and a history of months. It prints a
// table of each part with a target beside each figure, and asserts nothing.
//
// CPU time is that of the process, as Linux reports it in steps of 10 ms.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// options are the settings of a run.
type options struct {
	binary   string
	peer     string // another akita to compare with; "" for none
	rate     int    // calls per second
	duration time.Duration
	sizes    []size
	parts    []string
	days     int // of the history
	calls    int // of an endpoint in an hour of the history
	hours    int // of the history before a step is measured
}

// The parts of the benchmark.
const (
	partLoad    = "load"
	partHistory = "history"
	partSteps   = "steps"
	partBuild   = "build"
)

func main() {
	o := options{}
	flag.StringVar(&o.binary, "akita", "bin/akita", "the binary to measure")
	flag.StringVar(&o.peer, "peer", "", "another akita `binary`, which gets the same calls")
	flag.IntVar(&o.rate, "rate", 4000, "calls per second")
	flag.DurationVar(&o.duration, "duration", time.Minute, "how long calls are sent")
	flag.IntVar(&o.calls, "calls", 1, "calls of each endpoint in an hour of the history")
	flag.IntVar(&o.days, "days", 90, "days of the history")
	flag.IntVar(&o.hours, "hours", 10_000, "hours of history before a step is measured")
	sizes := flag.String("endpoints", "50,500,5000,5000-", "numbers of endpoints; - behind a number: without routes")
	parts := flag.String("parts", "load,history,steps,build", "what to measure")
	quick := flag.Bool("quick", false, "send calls for 10 s, and make histories of 20 days and 1000 hours")
	flag.Parse()
	if *quick {
		o.duration, o.days, o.hours = 10*time.Second, 20, 1000
	}

	err := o.read(*sizes, *parts)
	if err == nil {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		err = run(ctx, o)
		stop()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench-server:", err)
		os.Exit(1)
	}
}

// read reads the flags that are lists, and checks all.
func (o *options) read(sizes, parts string) (err error) {
	if o.sizes, err = parseSizes(sizes); err != nil {
		return err
	}
	o.parts = strings.Split(parts, ",")
	for _, part := range o.parts {
		if !slices.Contains([]string{partLoad, partHistory, partSteps, partBuild}, part) {
			return fmt.Errorf("-parts has %q; it must be load, history, steps or build", part)
		}
	}
	switch {
	case o.rate < 1:
		return fmt.Errorf("-rate is %d; it must be at least 1", o.rate)
	case o.duration < time.Second:
		return fmt.Errorf("-duration is %s; it must be at least 1s", o.duration)
	case o.calls < 1 || o.days < 1 || o.hours < 1:
		return fmt.Errorf("-calls is %d, -days %d and -hours %d; all must be at least 1", o.calls, o.days, o.hours)
	}
	return nil
}

// parseSizes reads a list such as "50,5000,5000-".
func parseSizes(list string) (sizes []size, err error) {
	for _, text := range strings.Split(list, ",") {
		number, unrouted := strings.CutSuffix(text, "-")
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > maxEndpoints {
			return nil, fmt.Errorf("-endpoints has %q; a number must be from 1 to %d", text, maxEndpoints)
		}
		sizes = append(sizes, size{n, !unrouted})
	}
	return sizes, nil
}

func run(ctx context.Context, o options) error {
	for _, part := range []struct {
		name    string
		measure func(context.Context, options, *table) error
	}{
		{partLoad, measureLoads}, {partHistory, measureHistory}, {partSteps, measureSteps}, {partBuild, measureBuilds},
	} {
		if !slices.Contains(o.parts, part.name) {
			continue
		}
		var t table
		err := part.measure(ctx, o, &t)
		if err := errors.Join(err, t.print(os.Stdout)); err != nil { // what was measured before an error
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return nil
}

func step(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "-----> "+format+"\n", args...)
}
