package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"akita/test/rig"
)

// buildRuns is how often each command runs; the least CPU time counts, the others had company.
const buildRuns = 3

// build holds the cost of `akita model build` on an archive, and that of json.load in CPython.
type build struct {
	archive
	size  int64 // of the file
	akita command
	load  command
}

// command is what a command costs.
type command struct {
	cpu    time.Duration
	memory int64 // its peak
}

func measureBuilds(ctx context.Context, o options, t *table) error {
	return rig.InFolder(func(folder string) error { return measureBuildsIn(ctx, o, folder, t) })
}

func measureBuildsIn(ctx context.Context, o options, folder string, t *table) error {
	for _, a := range []archive{netbox, manyCalls} {
		step("akita model build, %s", a.name)
		b, err := measureBuild(ctx, o.binary, folder, a)
		if err != nil {
			return err
		}
		t.addBuild(b)
	}
	return nil
}

func measureBuild(ctx context.Context, binary, folder string, a archive) (b build, err error) {
	file := filepath.Join(folder, "archive.har")
	if err := os.WriteFile(file, a.text(), 0o600); err != nil {
		return b, err
	}
	b.archive = a
	if b.size, err = fileSize(file); err != nil {
		return b, err
	}
	document := filepath.Join(folder, "openapi.yaml")
	if b.akita, err = cheapest(ctx, binary, "model", "build", file, "--output", document); err != nil {
		return b, err
	}
	b.load, err = cheapest(ctx, "python3", "-c", "import json, sys; json.load(open(sys.argv[1]))", file)
	return b, err
}

// launch is a Python program that runs a command and prints its CPU time in seconds and its peak memory in
// KiB. A child's peak begins with the memory of the process that starts it, and this one is small.
const launch = `import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)`

// cheapest runs a command several times, and returns the least that it cost.
func cheapest(ctx context.Context, name string, args ...string) (least command, err error) {
	for run := range buildRuns {
		cmd := exec.CommandContext(ctx, "python3", append([]string{"-c", launch, name}, args...)...)
		var complaints strings.Builder
		cmd.Stderr = &complaints
		output, err := cmd.Output()
		var seconds float64
		var kib int64
		if err == nil {
			_, err = fmt.Sscan(string(output), &seconds, &kib)
		}
		if err != nil {
			return least, fmt.Errorf("%s: %w\n%s", name, err, complaints.String())
		}
		cost := command{time.Duration(seconds * float64(time.Second)), kib << 10}
		if run == 0 {
			least = cost
		}
		least = command{min(least.cpu, cost.cpu), min(least.memory, cost.memory)}
	}
	return least, nil
}
