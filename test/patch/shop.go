package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// shop is a copy of the project.
type shop struct {
	config config
	folder string
	env    []string
}

// newShop copies the project into a folder that does not exist, and makes its database.
func newShop(ctx context.Context, c config, folder, version string) (*shop, error) {
	if err := os.CopyFS(folder, os.DirFS(c.source)); err != nil {
		return nil, fmt.Errorf("copy the project: %w", err)
	}
	s := &shop{config: c, folder: folder, env: []string{"OAS_VERSION=" + version, "PYTHONDONTWRITEBYTECODE=1"}}
	_, err := s.python(ctx, "manage.py", "migrate", "--run-syncdb", "--verbosity", "0")
	return s, err
}

func (s *shop) program(name string) string { return filepath.Join(s.config.python, "bin", name) }

// output runs a program and returns what it writes. An error has it, too.
func (s *shop) output(ctx context.Context, env []string, program string, args ...string) (string, error) {
	c := exec.CommandContext(ctx, program, args...)
	c.Dir, c.Env = s.folder, append(append(os.Environ(), s.env...), env...)
	said, err := c.CombinedOutput()
	if err != nil {
		return string(said), fmt.Errorf("%s %s: %w\n%s", filepath.Base(program), strings.Join(args, " "), err, said)
	}
	return string(said), nil
}

func (s *shop) python(ctx context.Context, args ...string) (string, error) {
	said, err := s.output(ctx, nil, s.program("python"), args...)
	return strings.TrimSpace(said), err
}

// describe generates the document.
func (s *shop) describe(ctx context.Context, file string) (said string, err error) {
	return s.python(ctx, "manage.py", "spectacular", "--validate", "--file", file)
}

// patch writes a patch of a document into a file.
func (s *shop) patch(ctx context.Context, of recording, document, kind, file string) (said string, err error) {
	return s.output(ctx, of.env, s.config.akita, "drift", document, of.traffic, "--patch", kind, "-o", file)
}

// finding is what a report has of one.
type finding struct {
	Kind, Subject, Method, Path, At, Message string
}

// drift returns the findings but for what no call shows, and whether they fail the check.
func (s *shop) drift(ctx context.Context, of recording, document string) (found []finding, isFailed bool, err error) {
	var exit *exec.ExitError
	_, err = s.output(ctx, of.env, s.config.akita, "drift", document, of.traffic, "--format", "json", "-o", "report.json")
	if isFailed = errors.As(err, &exit) && exit.ExitCode() == 1; err != nil && !isFailed {
		return nil, false, err
	}
	text, err := os.ReadFile(filepath.Join(s.folder, "report.json"))
	if err != nil {
		return nil, false, fmt.Errorf("read the report: %w", err)
	}
	var report struct{ Findings []finding }
	if err := json.Unmarshal(text, &report); err != nil {
		return nil, false, fmt.Errorf("read the report: %w", err)
	}
	for _, f := range report.Findings {
		if f.Kind != "unseen" {
			found = append(found, f)
		}
	}
	return found, isFailed, nil
}

// edit replaces a text of a file, which must be there.
func (s *shop) edit(file, from, to string) error {
	path := filepath.Join(s.folder, file)
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("edit %s: %w", file, err)
	}
	if !strings.Contains(string(text), from) {
		return fmt.Errorf("edit %s: it has no %q", file, from)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), from, to, 1)), 0o600); err != nil {
		return fmt.Errorf("edit %s: %w", file, err)
	}
	return nil
}
