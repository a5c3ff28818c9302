package suite

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
	"strings"

	"akita/internal/openapi/openapitest"
	"akita/test/accuracy/recorded"
	"akita/test/accuracy/score"
)

// SharedVariable is the environment variable with the default of the flag -shared.
const SharedVariable = "AKITA_SHARED"

// SharedUsage describes the flag -shared.
const SharedUsage = "a `folder` with traffic of other projects, not part of the repository; default $" + SharedVariable

// WithoutShared is what a program prints if no such folder is given.
const WithoutShared = "Only the repository's own traffic is used: -shared or " + SharedVariable +
	" adds that of other projects"

// Foreign returns the cases below shared/accuracy. Each is scored by the script that comes
// with it.
func Foreign(shared string) ([]Case, error) {
	shared = filepath.Join(shared, "accuracy")
	if _, err := os.Stat(filepath.Join(shared, "score.py")); err != nil {
		return nil, fmt.Errorf("-shared: %w", err)
	}
	var cases []Case
	for _, n := range Sizes {
		cases = append(
			cases,
			Case{
				Name: fmt.Sprintf("shared-%d", n),
				Run:  func(ctx context.Context) (*Outcome, error) { return shop(ctx, shared, n) },
			},
		)
	}
	for _, project := range []string{"patchwork", "pokeapi"} {
		for _, routes := range []bool{false, true} {
			name := "real-" + project
			if routes {
				name += "-routes"
			}
			cases = append(
				cases,
				Case{
					Name: name,
					Run:  func(ctx context.Context) (*Outcome, error) { return realProject(ctx, shared, project, routes) },
				},
			)
		}
	}
	return cases, nil
}

// shop runs the generated API of the shared folder.
func shop(ctx context.Context, shared string, n int) (_ *Outcome, err error) {
	dir, err := os.MkdirTemp("", "accuracy")
	if err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	har, doc := filepath.Join(dir, "in.har"), filepath.Join(dir, "openapi.json")
	if _, err := python(ctx, filepath.Join(shared, "gen_har.py"), strconv.Itoa(n), har); err != nil {
		return nil, err
	}
	entries, err := os.ReadFile(har)
	if err != nil {
		return nil, fmt.Errorf("read traffic: %w", err)
	}
	return foreign(ctx, entries, false, doc, filepath.Join(shared, "score.py"), har, doc)
}

// realProject runs a real project with its recorded traffic.
func realProject(ctx context.Context, shared, name string, routes bool) (_ *Outcome, err error) {
	dir, err := os.MkdirTemp("", "accuracy")
	if err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	root := filepath.Join(shared, "real")
	packed := filepath.Join(root, name, "traffic.ndjson.gz")
	entries, err := recorded.Unzip(packed)
	if err != nil {
		return nil, err
	}
	doc := filepath.Join(dir, "openapi.json")
	return foreign(
		ctx,
		entries,
		routes,
		doc,
		filepath.Join(root, "score.py"),
		filepath.Join(root, name, "openapi.yaml"),
		packed,
		doc,
	)
}

// foreign makes the document and scores it with a Python script.
func foreign(ctx context.Context, entries []byte, routes bool, file, scorer string, args ...string) (*Outcome, error) {
	doc, err := Build(entries, routes)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(file, doc, 0o600); err != nil {
		return nil, fmt.Errorf("write document: %w", err)
	}
	out, err := python(ctx, append([]string{scorer, "--json", "--verbose"}, args...)...)
	if err != nil {
		return nil, err
	}
	first, said, _ := strings.Cut(string(out.stdout), "\n")
	var figures map[string]any
	if err := json.Unmarshal([]byte(first), &figures); err != nil {
		return nil, fmt.Errorf("parse the answer of %s: %w", scorer, err)
	}
	o := &Outcome{
		Result:   score.Result{Tallies: tallies(figures)},
		Document: doc,
		Entries:  entries,
		Invalid:  openapitest.Check(ctx, doc),
	}
	for line := range strings.Lines(said + string(out.stderr)) {
		if line = strings.TrimLeft(strings.TrimSpace(line), "- "); line != "" {
			o.Misses = append(o.Misses, score.Miss{Operation: line})
		}
	}
	return o, nil
}

// tallies translates the figures of both scripts to our aspects.
func tallies(figures map[string]any) map[string]score.Tally {
	out := make(map[string]score.Tally)
	number := func(name string) int {
		n, _ := figures[name].(float64)
		return int(n)
	}
	ratio := func(aspect, name string, wrong int) {
		text, ok := figures[name].(string)
		if !ok {
			return
		}
		var t score.Tally
		if _, err := fmt.Sscanf(text, "%d/%d", &t.Right, &t.Wanted); err == nil {
			t.False = wrong
			out[aspect] = t
		}
	}
	if _, ok := figures["ops_exact"]; ok {
		out[score.Operations] = score.Tally{
			Right:  number("ops_exact"),
			Wanted: number("true_ops"),
			False:  number("ops_spurious"),
		}
	} else {
		const whole = 1000
		share := func(name string) score.Tally {
			x, _ := figures[name].(float64)
			return score.Tally{Right: int(x*whole + .5), Wanted: whole}
		}
		out[score.Operations] = score.Tally{Right: share("recall").Right + share("precision").Right, Wanted: 2 * whole}
		out[score.Fields] = share("fields_of_truth_seen")
	}
	ratio(score.Path, "path_param_type", 0)
	ratio(score.Query, "query_type", 0)
	ratio(score.Fields, "fields", number("extra_fields"))
	ratio(score.Types, "type_exact", 0)
	ratio(score.Formats, "format", number("format_false"))
	ratio(score.Nullable, "nullable", number("false_nullable"))
	ratio(score.Required, "required", 0)
	ratio(score.Enums, "enum", number("enum_false"))
	ratio(score.Maps, "map", 0)
	ratio(score.Status, "status", 0)
	ratio(score.Auth, "auth", 0)
	return out
}

type output struct{ stdout, stderr []byte }

func python(ctx context.Context, args ...string) (*output, error) {
	cmd := exec.CommandContext(ctx, "python3", args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", filepath.Base(args[0]), err, stderr.Bytes())
	}
	return &output{stdout.Bytes(), stderr.Bytes()}, nil
}
