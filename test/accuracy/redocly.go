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

	"akita/test/accuracy/suite"
)

// lintConfig is redocly's own set of rules. A slash at the end of a path is how the API
// writes it, and a document has to say so.
const lintConfig = `extends: [recommended]
rules:
  no-path-trailing-slash: off
`

// problems is what both of redocly's commands report as JSON.
type problems struct {
	Problems []struct {
		RuleID      string `json:"ruleId"`
		Severity    string `json:"severity"`
		Message     string `json:"message"`
		OperationID string `json:"operationId"`
		Occurrences int    `json:"occurrences"`
	} `json:"problems"`
}

// complaints are what redocly's lint has against a document, and where its drift finds
// that the calls that were accepted are not as the document says.
func complaints(ctx context.Context, redocly string, o *suite.Outcome) (_ []string, err error) {
	dir, err := os.MkdirTemp("", "redocly")
	if err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	archive, err := suite.Accepted(o.Entries)
	if err != nil {
		return nil, err
	}
	for name, text := range map[string][]byte{"openapi.json": o.Document, "traffic.har": archive, "redocly.yaml": []byte(lintConfig)} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			return nil, fmt.Errorf("write %s: %w", name, err)
		}
	}
	lint, err := runRedocly(ctx, dir, redocly, "lint", "openapi.json", "--config", "redocly.yaml", "--format", "json")
	if err != nil {
		return nil, err
	}
	drift, err := runRedocly(ctx, dir, redocly, "drift", "traffic.har", "--api", "openapi.json", "--format", "json", "--min-severity", "error")
	if err != nil {
		return nil, err
	}
	return append(lint, drift...), nil
}

// runRedocly runs one command, and reads the errors that it reports.
func runRedocly(ctx context.Context, dir, redocly string, args ...string) ([]string, error) {
	path, err := filepath.Abs(redocly)
	if err != nil {
		return nil, fmt.Errorf("find redocly: %w", err)
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	runErr := cmd.Run()
	var exit *exec.ExitError
	if runErr != nil && !errors.As(runErr, &exit) { // it exits with 1 where it reports errors
		return nil, fmt.Errorf("redocly %s: %w", args[0], runErr)
	}
	var reported problems
	if err := json.Unmarshal(stdout.Bytes(), &reported); err != nil {
		return nil, fmt.Errorf("redocly %s says no JSON: %w\n%s", args[0], err, stderr.Bytes())
	}
	var out []string
	for _, p := range reported.Problems {
		if p.Severity == "error" {
			out = append(out, fmt.Sprintf("%s %s: %s: %s (%d times)", args[0], p.RuleID, p.OperationID, p.Message, max(p.Occurrences, 1)))
		}
	}
	return out, nil
}
