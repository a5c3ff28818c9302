package cli_test

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// comparisons are the commands that have findings, with their arguments.
var comparisons = map[string][]string{
	"drift":             {"drift", "pets.yaml", "calls.ndjson"},
	"diff":              {"diff", "calls.ndjson", "later.ndjson"},
	"diff of documents": {"diff", "pets.yaml", "new.yaml"},
	"check":             {"check", "new.yaml", "--base", "pets.yaml", "--against", "calls.ndjson"},
	"coverage":          {"coverage", "--tests", "calls.ndjson", "--production", "later.ndjson"},
	"posture":           {"posture", "later.ndjson"},
	"routes":            {"routes", "pets.yaml", "later.ndjson"},
}

const petsDocument = `openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}}
    delete: {responses: {"204": {description: gone}}}
`

// inPets makes a folder with the input of the commands, and returns their arguments with paths in it.
func inPets(t *testing.T) func([]string) []string {
	t.Helper()
	dir := t.TempDir()
	call := `{"startedDateTime":"2026-03-02T09:00:00Z","time":3,"request":{"method":"METHOD","url":"https://pets.test/PATH"},` +
		`"response":{"status":200,"content":{"mimeType":"application/json","text":"BODY"}}}` + "\n"
	calls := func(method, path, body string) string {
		one := strings.NewReplacer("METHOD", method, "PATH", path, "BODY", strings.ReplaceAll(body, `"`, `\"`)).Replace(call)
		return strings.Repeat(one, 20)
	}
	for name, text := range map[string]string{
		"pets.yaml":    petsDocument,
		"new.yaml":     strings.NewReplacer("name: limit", "name: size", "{name: {type: string}}", "{}").Replace(petsDocument),
		"calls.ndjson": calls("GET", "pets?limit=3", `{"name":1,"password":"a"}`),
		"later.ndjson": calls("GET", "pets?sort=a", `{"password":"a"}`) + calls("POST", "owners", `{}`),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return func(args []string) []string {
		args = slices.Clone(args)
		for i, arg := range args {
			if strings.HasSuffix(arg, ".yaml") || strings.HasSuffix(arg, ".ndjson") {
				args[i] = filepath.Join(dir, arg)
			}
		}
		return args
	}
}

// readers check that what a command wrote is of a format.
var readers = map[string]func(t *testing.T, text string){
	"text": func(t *testing.T, text string) {
		if !strings.Contains(text, "█") || strings.Contains(text, "\x1b") {
			t.Errorf("it has no bars, or colours:\n%s", text)
		}
	},
	"json": func(t *testing.T, text string) {
		var got struct{ Findings, Summary json.RawMessage }
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.DisallowUnknownFields()
		var findings []map[string]any
		if err := decoder.Decode(&got); err != nil || json.Unmarshal(got.Findings, &findings) != nil || len(findings) == 0 {
			t.Fatalf("%v:\n%s", err, text)
		}
		for _, f := range findings {
			for _, name := range []string{"kind", "subject", "method", "path", "at", "severity", "verdict", "seen", "consumers", "message"} {
				if f[name] == nil {
					t.Errorf("a finding has no %s: %v", name, f)
				}
			}
		}
	},
	"markdown": func(t *testing.T, text string) {
		if !strings.HasPrefix(text, "### ") || !strings.Contains(text, "| operation | where | seen | what |\n|---|---|---|---|\n| `") {
			t.Errorf("it has no heading, or no table:\n%s", text)
		}
	},
	"sarif": func(t *testing.T, text string) {
		var got struct {
			Version string
			Runs    []struct {
				Results []struct {
					RuleID    string
					Locations []struct {
						PhysicalLocation struct{ ArtifactLocation struct{ URI string } }
					}
				}
			}
		}
		if err := json.Unmarshal([]byte(text), &got); err != nil || got.Version != "2.1.0" || len(got.Runs[0].Results) == 0 {
			t.Fatalf("%v:\n%s", err, text)
		}
		for _, r := range got.Runs[0].Results {
			if r.RuleID == "" || !strings.HasPrefix(r.Locations[0].PhysicalLocation.ArtifactLocation.URI, "file:///") {
				t.Errorf("%+v is of no rule, or of no file", r)
			}
		}
	},
	"junit": func(t *testing.T, text string) {
		var got struct {
			Suites []struct {
				Cases []struct{} `xml:"testcase"`
			} `xml:"testsuite"`
		}
		if err := xml.Unmarshal([]byte(text), &got); err != nil || len(got.Suites) == 0 || len(got.Suites[0].Cases) == 0 {
			t.Errorf("%v:\n%s", err, text)
		}
	},
	"github": func(t *testing.T, text string) {
		lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		command := regexp.MustCompile(`^::(error|warning|notice) (file=[^,]+,)?title=API [a-z ]+::.`)
		for _, line := range lines[:len(lines)-1] {
			if !command.MatchString(line) {
				t.Errorf("no command: %q", line)
			}
		}
		if len(lines) < 2 {
			t.Errorf("there are no commands:\n%s", text)
		}
	},
}

func TestFormatsOfAllComparisons(t *testing.T) {
	t.Parallel()
	in := inPets(t)
	for name, args := range comparisons {
		for format, read := range readers {
			t.Run(name+" as "+format, func(t *testing.T) {
				t.Parallel()
				code, out, stderr := run(t, "", append(in(args), "--format", format, "--fail-on", "none", "--all")...)
				if code != 0 {
					t.Fatalf("exit code %d: %s", code, stderr)
				}
				if format == "text" && name == "diff of documents" {
					return // documents have no shares
				}
				read(t, out)
			})
		}
	}
}
