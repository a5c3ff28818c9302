package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"akita/test/ci/examples"
)

// pipeline runs the commands of the documentation as a CI server does: with the real binary, which it
// downloads from a real server. What belongs to others (pip, pytest, gh) is a script that says what it was
// asked for; pytest writes the calls of tests that were recorded.
type pipeline struct {
	dir, bin string
	env      []string
}

// newPipeline makes a repository with a branch main, and a server with calls of the project shop.
func newPipeline(t *testing.T) *pipeline {
	t.Helper()
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("the examples download the binary for Linux on amd64")
	}
	server, _ := installed(t)
	p := &pipeline{dir: t.TempDir(), bin: t.TempDir()}
	start := time.Now().UTC()
	record(t, server, filepath.Join(p.dir, "production.ndjson"), shopCalls(90, start, false))
	tests, err := os.ReadFile(filepath.Join(p.dir, "production.ndjson"))
	if err != nil {
		t.Fatal(err)
	}
	p.write(t, filepath.Join(p.bin, "recorded.har"), string(tests))
	for name, script := range map[string]string{
		"pip":    "echo \"$@\" >>'" + p.dir + "/pip.txt'",
		"pytest": "[ \"$*\" = --akita ] && cp '" + p.bin + "/recorded.har' akita-tests.har",
		"gh":     "echo \"$@\" >>'" + p.dir + "/gh.txt'",
	} {
		path := filepath.Join(p.bin, name)
		p.write(t, path, "#!/bin/sh\n"+script+"\n")
		if err := os.Chmod(path, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	p.env = append(asUser(server), "PATH="+p.bin+":/usr/bin:/bin", "HOME="+p.dir,
		"GITHUB_BASE_REF=main", "NUMBER=12", "GH_TOKEN=token", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main", "HEROKU_TEST_RUN_BRANCH=main",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b.test", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b.test",
	)
	p.write(t, filepath.Join(p.dir, "openapi.yaml"), declaredShop)
	p.must(t, "git init -q -b main .; git add openapi.yaml; git commit -q -m start; git remote add origin .; git fetch -q origin")
	return p
}

// declaredShop is what the calls of shopCalls show, and a parameter that none has.
const declaredShop = `openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /api/orders:
    get:
      parameters:
        - {name: page, in: query, schema: {type: integer}}
        - {name: never, in: query, schema: {type: string}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Order"}}}}}}
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {sku: {type: string}, count: {type: integer}}}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}}
  /api/orders/{number}:
    get:
      parameters: [{name: number, in: path, required: true, schema: {type: integer}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}}
components:
  schemas:
    Order:
      type: object
      properties:
        id: {type: integer}
        code: {type: string}
        total: {type: integer}
        buyer: {type: object, properties: {name: {type: string}, age: {type: integer}}}
`

func (p *pipeline) write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run runs a script as the shell of a CI server, and returns whether it succeeded and what it printed.
func (p *pipeline) run(t *testing.T, script string) (isOK bool, out string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "bash", "-eo", "pipefail", "-c", script)
	command.Dir, command.Env = p.dir, p.env
	text, err := command.CombinedOutput()
	return err == nil, string(text)
}

func (p *pipeline) must(t *testing.T, script string) string {
	t.Helper()
	isOK, out := p.run(t, script)
	if !isOK {
		t.Fatalf("%s: %s", script, out)
	}
	return out
}

// job is a part of a pipeline that passes or fails.
type job struct{ name, script string }

// jobsOf returns the jobs of an example, in their order.
func jobsOf(t *testing.T, name, text string) (jobs []job) {
	t.Helper()
	switch {
	case strings.HasPrefix(name, ".github/"):
		var workflow struct {
			Jobs map[string]struct {
				Steps []struct{ Name, Run string }
			}
		}
		if err := yaml.Unmarshal([]byte(text), &workflow); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, one := range workflow.Jobs {
			for _, step := range one.Steps {
				if step.Run != "" {
					jobs = append(jobs, job{step.Name, step.Run})
				}
			}
		}
	case name == ".gitlab-ci.yml":
		type gitlab struct {
			Before []string `yaml:"before_script"`
			Script []string
		}
		var all map[string]yaml.Node
		if err := yaml.Unmarshal([]byte(text), &all); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var base gitlab
		for _, name := range []string{".akita", "tests", "drift", "check", "coverage", "publish"} {
			node := all[name]
			var one gitlab
			if err := node.Decode(&one); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if name == ".akita" {
				base = one
				continue
			}
			if name != "tests" {
				one.Before = base.Before
			}
			jobs = append(jobs, job{name, strings.Join(append(one.Before, one.Script...), "\n")})
		}
	case name == "app.json":
		var app struct {
			Environments struct {
				Test struct {
					Buildpacks []struct{ URL string }
					Scripts    map[string]string
				}
			}
		}
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&app); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, stage := range []string{"test-setup", "test"} {
			jobs = append(jobs, job{stage, app.Environments.Test.Scripts[stage]})
		}
	}
	return jobs
}

// TestExamplesOfCI runs the commands of docs/ci.md. With a document that fits the calls, every job passes. With
// one that drops a parameter that calls have, or with tests that were deleted, exactly those fail that are about it.
func TestExamplesOfCI(t *testing.T) {
	t.Parallel()
	files, err := examples.Read("../../docs/ci.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, failing := range map[string]struct{ document, tests string }{
		".github/workflows/api.yml":            {"Drift Check", "Coverage"},
		".github/workflows/api-production.yml": {"", ""},
		".gitlab-ci.yml":                       {"drift check", "coverage"},
		"app.json":                             {"test", "test"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPipeline(t)
			if strings.HasSuffix(name, "json") {
				p.write(t, filepath.Join(p.dir, "api-tests.sh"), files["api-tests.sh"])
			}
			jobs := jobsOf(t, name, files[name])
			p.expect(t, jobs, "")
			p.checkFiles(t, name, files[name])

			changed := strings.Replace(declaredShop, "        - {name: page, in: query, schema: {type: integer}}\n", "", 1)
			p.write(t, filepath.Join(p.dir, "openapi.yaml"), changed)
			p.expect(t, jobs, failing.document)
			unused := strings.Replace(declaredShop, "        - {name: never, in: query, schema: {type: string}}\n", "", 1)
			p.write(t, filepath.Join(p.dir, "openapi.yaml"), unused)
			p.expect(t, jobs, "")

			recorded := filepath.Join(p.bin, "recorded.har")
			tests, err := os.ReadFile(recorded)
			if err != nil {
				t.Fatal(err)
			}
			var left []string
			for line := range strings.Lines(string(tests)) {
				if !strings.Contains(line, `"POST"`) {
					left = append(left, line)
				}
			}
			p.write(t, recorded, strings.Join(left, ""))
			p.expect(t, jobs, failing.tests)
		})
	}
}

// expect runs jobs, and compares which of them fail.
func (p *pipeline) expect(t *testing.T, jobs []job, want string) {
	t.Helper()
	if len(jobs) == 0 {
		t.Fatal("the example has no commands")
	}
	var failed []string
	var outputs strings.Builder
	for _, one := range jobs {
		if strings.Contains(one.script, "${{") {
			t.Errorf("%s: an expression in a command runs what others write", one.name)
		}
		isOK, out := p.run(t, one.script)
		fmt.Fprintf(&outputs, "--- %s\n%s", one.name, out)
		if !isOK {
			failed = append(failed, one.name)
		}
	}
	if got := strings.Join(failed, " "); got != want {
		t.Errorf("%q fail, want %q:\n%s", got, want, outputs.String())
	}
}

// checkFiles checks what the jobs leave to the CI server.
func (p *pipeline) checkFiles(t *testing.T, name, text string) {
	t.Helper()
	read := func(name string) string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(p.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	switch name {
	case ".github/workflows/api.yml":
		if comment := read("comment.md"); !strings.HasPrefix(comment, "### ") || utf8.RuneCountInString(comment) > 65_536 {
			t.Errorf("the comment is %q", comment)
		}
		if asked := read("gh.txt"); !strings.HasPrefix(asked, "pr comment 12 --body-file comment.md") {
			t.Errorf("gh was asked for %q", asked)
		}
	case ".github/workflows/api-production.yml":
		var log struct{ Version string }
		if err := json.Unmarshal([]byte(read("drift.sarif")), &log); err != nil || log.Version != "2.1.0" {
			t.Errorf("the report for code scanning is of version %q: %v", log.Version, err)
		}
	case ".gitlab-ci.yml":
		if err := xml.Unmarshal([]byte(read("api.xml")), new(struct {
			XMLName xml.Name `xml:"testsuites"`
		})); err != nil {
			t.Error(err)
		}
		pattern := regexp.MustCompile(`coverage: '/(.*)/'`).FindStringSubmatch(text)[1]
		out := p.must(t, "./akita coverage --tests akita-tests.har --production shop@-30d..")
		if got := regexp.MustCompile(pattern).FindStringSubmatch(out); got == nil || got[1] != "100.0" {
			t.Errorf("%s finds %q in\n%s", pattern, got, out)
		}
	}
	if name != ".github/workflows/api-production.yml" {
		akita := "./akita"
		if name == "app.json" {
			akita = "bin/akita"
		}
		if out := p.must(t, akita+" declare --project shop"); !strings.Contains(out, `"Shop" with 3 operations, uploaded`) {
			t.Errorf("the project declares: %s", out)
		}
		p.must(t, akita+" coverage --tests shop@tests:tests --production shop --min 100")
	}
}
