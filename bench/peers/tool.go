package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"go.yaml.in/yaml/v4"

	"akita/test/rig"
)

// tool is one tool. Its steps run one after the other.
type tool struct {
	name  string
	steps func(har, out, server string) []doing
}

// doing is a command, or an edit of the document between two commands.
type doing struct {
	args []string
	free bool // not part of the tool's cost
	edit func(file string) error
}

// cost is the CPU time of all steps of a tool, and the peak memory of its largest step.
type cost struct {
	cpu time.Duration
	rss int64 // bytes
}

// tools returns akita and the peers, each with the settings that suit this traffic best.
func tools(root, home, akita string) ([]tool, error) {
	home, err := filepath.Abs(home)
	if err != nil {
		return nil, fmt.Errorf("find peers: %w", err)
	}
	if akita, err = filepath.Abs(akita); err != nil {
		return nil, fmt.Errorf("find akita: %w", err)
	}
	prepare, err := filepath.Abs(filepath.Join(root, "bench", "peers", "without-forms.py"))
	if err != nil {
		return nil, fmt.Errorf("find scripts: %w", err)
	}
	node, python := filepath.Join(home, "node_modules", ".bin"), filepath.Join(home, "venv", "bin")
	swagger := filepath.Join(python, "mitmproxy2swagger")
	return []tool{
		{name: "ours", steps: func(har, out, _ string) []doing {
			return []doing{{args: []string{akita, "model", "build", har, "--format", "json", "-o", out}}}
		}},
		{name: "redocly generate-spec", steps: func(har, out, _ string) []doing {
			return []doing{
				{
					args: []string{
						filepath.Join(node, "redocly"),
						"generate-spec",
						har,
						"--openapi-version",
						"3.1",
						"-o",
						out,
					},
				},
			}
		}},
		{name: "har-to-openapi", steps: func(har, out, _ string) []doing {
			return []doing{
				{args: []string{filepath.Join(node, "har-to-openapi"), har, "--format", "json", "--output", out,
					"--openapi-version", "3.1.0", "--attempt-to-parameterize-url",
					"--min-length-for-numeric-path", "1", "--requiredness", "observed"}},
			}
		}},
		{name: "mitmproxy2swagger", steps: func(har, out, server string) []doing {
			json := har + ".json"
			first := []string{swagger, "-i", json, "-o", out, "-p", server, "-f", "har"}
			return []doing{
				{args: []string{"python3", prepare, har, json}, free: true},
				{args: first},
				{edit: takeAllPaths},
				{args: first},
			}
		}},
	}, nil
}

// takeAllPaths accepts every path that the first run of mitmproxy2swagger found.
func takeAllPaths(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read the paths of the first run: %w", err)
	}
	text = bytes.ReplaceAll(text, []byte("- ignore:"), []byte("- "))
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return fmt.Errorf("take all paths: %w", err)
	}
	return nil
}

// run makes a document, and writes it to out as JSON.
func (t tool) run(ctx context.Context, har, out, server string) (cost, error) {
	var c cost
	if err := os.RemoveAll(out); err != nil {
		return c, fmt.Errorf("remove the old document: %w", err)
	}
	for _, d := range t.steps(har, out, server) {
		if d.edit != nil {
			if err := d.edit(out); err != nil {
				return c, err
			}
			continue
		}
		cmd := exec.CommandContext(ctx, d.args[0], d.args[1:]...)
		cmd.Env = append(os.Environ(), "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true")
		if output, err := cmd.CombinedOutput(); err != nil {
			return c, fmt.Errorf("%s: %w\n%s", t.name, err, tail(output))
		}
		if d.free {
			continue
		}
		state := cmd.ProcessState
		c.cpu += state.UserTime() + state.SystemTime()
		c.rss = max(c.rss, rig.PeakMemoryOf(state))
	}
	return c, asJSON(out)
}

// tail returns the end of a tool's output, where the reason for a failure is.
func tail(output []byte) []byte { return output[max(0, len(output)-500):] }

// asJSON rewrites a document in YAML as JSON.
func asJSON(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read document: %w", err)
	}
	if json.Valid(text) {
		return nil
	}
	var document any
	if err := yaml.Unmarshal(text, &document); err != nil {
		return fmt.Errorf("parse document: %w", err)
	}
	plain, err := json.Marshal(withStringKeys(document))
	if err != nil {
		return fmt.Errorf("write document as JSON: %w", err)
	}
	if err := os.WriteFile(file, plain, 0o600); err != nil {
		return fmt.Errorf("write document as JSON: %w", err)
	}
	return nil
}

// withStringKeys turns the keys of objects into strings. In YAML a status is a number.
func withStringKeys(v any) any {
	switch v := v.(type) {
	case map[any]any:
		out := make(map[string]any, len(v))
		for key, value := range v {
			out[fmt.Sprint(key)] = withStringKeys(value)
		}
		return out
	case map[string]any:
		for key, value := range v {
			v[key] = withStringKeys(value)
		}
	case []any:
		for i, item := range v {
			v[i] = withStringKeys(item)
		}
	}
	return v
}
