package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// lintConfig has redocly's recommended rules. It allows a slash at the end of a path, because a
// document must write paths as the API does (docs/adr/0009-trailing-slash.md).
const lintConfig = `extends: [recommended]
rules:
  no-path-trailing-slash: off
`

// redocly runs the program of this name in its own folder.
type redocly struct{ program, dir string }

func newRedocly(program string) (*redocly, error) {
	program, err := filepath.Abs(program)
	if err != nil {
		return nil, fmt.Errorf("find redocly: %w", err)
	}
	dir, err := os.MkdirTemp("", "redocly")
	if err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	r := &redocly{program, dir}
	if err := r.write("redocly.yaml", []byte(lintConfig)); err != nil {
		return nil, errors.Join(err, r.close())
	}
	return r, nil
}

func (r *redocly) close() error { return os.RemoveAll(r.dir) }

func (r *redocly) write(name string, text []byte) error {
	if err := os.WriteFile(filepath.Join(r.dir, name), text, 0o600); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// problems is the JSON report of redocly's commands; lint has one for each document.
type problems struct {
	Problems []struct {
		RuleID      string `json:"ruleId"`
		Severity    string `json:"severity"`
		Message     string `json:"message"`
		OperationID string `json:"operationId"`
		Occurrences int    `json:"occurrences"`
	} `json:"problems"`
}

func (p *problems) errors() []string {
	var out []string
	for _, one := range p.Problems {
		if one.Severity == "error" {
			out = append(
				out,
				fmt.Sprintf("%s: %s: %s (%d times)", one.RuleID, one.OperationID, one.Message, max(one.Occurrences, 1)),
			)
		}
	}
	return out
}

// lint checks all documents in one run.
func (r *redocly) lint(ctx context.Context, cases []*testCase) error {
	args := []string{"lint", "--config", "redocly.yaml", "--format", "json", "--max-problems", "1000"}
	for i, c := range cases {
		c.file = strconv.Itoa(i) + ".json"
		if err := r.write(c.file, c.document); err != nil {
			return err
		}
		args = append(args, c.file)
	}
	reports, err := r.run(ctx, args...)
	if err != nil {
		return err
	}
	if len(reports) != len(cases) {
		return fmt.Errorf("redocly lint reports on %d documents of %d", len(reports), len(cases))
	}
	for i, c := range cases {
		c.lint = reports[i].errors()
	}
	return nil
}

// drift compares a document, which lint wrote, with its traffic.
func (r *redocly) drift(ctx context.Context, c *testCase) error {
	traffic := c.file + ".har"
	if err := r.write(traffic, c.traffic); err != nil {
		return err
	}
	args := []string{
		"drift",
		traffic,
		"--traffic-format",
		"har",
		"--api",
		c.file,
		"--format",
		"json",
		"--min-severity",
		"error",
	}
	if c.anyHost {
		args = append(args, "--match-mode", "basepath")
	}
	reports, err := r.run(ctx, args...)
	if err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	for _, report := range reports {
		c.drift = append(c.drift, report.errors()...)
	}
	c.excuse()
	return nil
}

// run runs one command and reads its report.
func (r *redocly) run(ctx context.Context, args ...string) ([]problems, error) {
	cmd := exec.CommandContext(ctx, r.program, args...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if _, ended := errors.AsType[*exec.ExitError](err); !ended { // it exits with 1 if it reports errors
			return nil, fmt.Errorf("redocly %s: %w", args[0], err)
		}
	}
	var reports []problems
	for decoder := json.NewDecoder(&stdout); decoder.More(); {
		var report problems
		if err := decoder.Decode(&report); err != nil {
			return nil, fmt.Errorf("the report of redocly %s is not JSON: %w\n%s", args[0], err, stderr.Bytes())
		}
		reports = append(reports, report)
	}
	if len(reports) == 0 {
		return nil, fmt.Errorf("redocly %s printed no report:\n%s", args[0], stderr.Bytes())
	}
	return reports, nil
}
