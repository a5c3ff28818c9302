package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// install installs the pinned versions of the peers in home, unless they are there already.
func install(ctx context.Context, root, home string) error {
	source := filepath.Join(root, "bench", "peers")
	if err := os.MkdirAll(home, 0o750); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	for _, name := range []string{"package.json", "package-lock.json"} {
		text, err := os.ReadFile(filepath.Join(source, name))
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		path := filepath.Join(home, name)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			return fmt.Errorf("copy %s: %w", name, err)
		}
	}
	if missing(filepath.Join(home, "node_modules", ".bin", "redocly")) {
		if err := command(ctx, home, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"); err != nil {
			return err
		}
	}
	if !missing(filepath.Join(home, "venv", "bin", "mitmproxy2swagger")) {
		return nil
	}
	requirements, err := filepath.Abs(filepath.Join(source, "requirements.txt"))
	if err != nil {
		return fmt.Errorf("find requirements: %w", err)
	}
	if err := command(ctx, home, "python3", "-m", "venv", "venv"); err != nil {
		return err
	}
	return command(
		ctx,
		home,
		filepath.Join("venv", "bin", "pip"),
		"install",
		"--quiet",
		"--disable-pip-version-check",
		"-r",
		requirements,
	)
}

func missing(file string) bool {
	_, err := os.Stat(file)
	return errors.Is(err, os.ErrNotExist)
}

func command(ctx context.Context, dir, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, out)
	}
	return nil
}
