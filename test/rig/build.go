package rig

import (
	"context"
	"fmt"
	"os"
	"os/exec"
)

// Build builds akita at a path with the flags of `make build`, so that both share the build
// cache.
func Build(ctx context.Context, path string) error {
	return build(ctx, []string{"CGO_ENABLED=0"}, "-trimpath", "-o", path)
}

// BuildRace builds akita at a path with the race detector.
func BuildRace(ctx context.Context, path string) error {
	return build(ctx, nil, "-race", "-o", path)
}

func build(ctx context.Context, env []string, flags ...string) error {
	command := exec.CommandContext(ctx, "go", append(append([]string{"build"}, flags...), "akita/cmd/akita")...)
	command.Env = append(os.Environ(), env...)
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("build akita: %w\n%s", err, output)
	}
	return nil
}
