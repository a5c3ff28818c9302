package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// reportFile is what a tool writes in the folder of a run. Redocly cuts a long report short on a pipe.
const reportFile = "report.json"

// tool compares calls with a document.
type tool struct {
	name, folder string
	version      []string // prints the version in its first line
	args         func(file string) []string
	read         func(report []byte) (map[string]int, error)
}

func (t tool) printVersion(ctx context.Context, out io.Writer) error {
	text, err := exec.CommandContext(ctx, t.version[0], t.version[1:]...).Output()
	if err != nil {
		return fmt.Errorf("%s: %w", t.name, err)
	}
	version, _, _ := strings.Cut(string(text), "\n")
	_, err = fmt.Fprintf(out, "%s: %s\n", t.name, version)
	return err
}

// findings returns what the tool says of the calls in a file, each with how often, and its CPU time.
func (t tool) findings(ctx context.Context, file string) (map[string]int, time.Duration, error) {
	if err := os.RemoveAll(filepath.Join(t.folder, reportFile)); err != nil {
		return nil, 0, fmt.Errorf("remove the last report: %w", err)
	}
	args := append(t.args(file), "--format", "json", "--output", reportFile)
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = t.folder
	cmd.Env = append(os.Environ(), "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true")
	var messages bytes.Buffer
	cmd.Stderr = &messages
	if err := cmd.Run(); err != nil && (cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != 1) { // 1: findings
		return nil, 0, fmt.Errorf("%s: %w\n%s", t.name, err, messages.Bytes())
	}
	report, err := os.ReadFile(filepath.Join(t.folder, reportFile))
	if err != nil {
		return nil, 0, fmt.Errorf("%s wrote no report: %w\n%s", t.name, err, messages.Bytes())
	}
	found, err := t.read(report)
	if err != nil {
		return nil, 0, fmt.Errorf("read the report of %s: %w\n%s", t.name, err, messages.Bytes())
	}
	return found, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), nil
}

// ours is akita drift. It also lists what no call shows, which is not about the calls.
func ours(program string) tool {
	return tool{
		name: "akita drift", version: []string{program, "version"},
		args: func(file string) []string {
			return []string{program, "drift", documentFile, file}
		},
		read: func(text []byte) (map[string]int, error) {
			var report struct {
				Findings []struct {
					Kind, Subject, Method, Path, At, Value string
					Status                                 int
				}
			}
			if err := json.Unmarshal(text, &report); err != nil {
				return nil, err
			}
			found := make(map[string]int)
			for _, f := range report.Findings {
				if f.Kind != "unseen" {
					found[fmt.Sprint(f)]++
				}
			}
			return found, nil
		},
	}
}

// redocly is redocly drift. It also warns of credentials without TLS, which the document says nothing about.
func redocly(program string) tool {
	return tool{
		name: "redocly drift", version: []string{program, "--version"},
		args: func(file string) []string {
			return []string{program, "drift", file, "--traffic-format", "har", "--api", documentFile}
		},
		read: func(text []byte) (map[string]int, error) {
			var report struct {
				Problems []struct {
					RuleID, Message, OperationID, Target string
					Occurrences                          int
				}
			}
			if err := json.Unmarshal(text, &report); err != nil {
				return nil, err
			}
			found := make(map[string]int)
			for _, p := range report.Problems {
				if p.Message != "Potential credential exposure over insecure HTTP transport" {
					found[p.RuleID+" "+p.Message+" "+p.OperationID+" "+p.Target] += p.Occurrences
				}
			}
			return found, nil
		},
	}
}
