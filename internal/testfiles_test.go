package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// coveredElsewhere lists the source files, or folders of them, that have no test file of their name,
// each with the tests that cover it instead.
var coveredElsewhere = map[string]string{
	"client":            "contract_test.go calls every method against a real server",
	"cmd/akita/main.go": "the script tests beside it run the binary",

	"internal/judgement/weights.go": "it looks up numbers in a table; the test of each rule has the weights",

	"internal/har/errors.go": "decoder_test.go: it is a part of the decoder",
	"internal/har/resync.go": "decoder_test.go: it is a part of the decoder",
	"internal/har/start.go":  "decoder_test.go: it is a part of the decoder",
	"internal/har/window.go": "decoder_test.go: it is a part of the decoder",
	"internal/har/hartest":   "it makes the input of tests",

	"internal/facts/factstest": "it makes the input of tests",

	"internal/compare":              "drift_test.go and test/compare have a row for each kind of finding",
	"internal/report":               "report_test.go compares each format with a golden file",
	"internal/overlay":              "overlay_test.go applies what it writes",
	"internal/severity":             "test/compare has a row for each kind of change",
	"internal/spectacular":          "spectacular_test.go prints modules, and test/patch applies one",
	"internal/declared/locate.go":   "internal/overlay/overlay_test.go applies actions to what it locates",
	"internal/declared/security.go": "internal/compare/drift_test.go has a row for each kind of credentials",

	"internal/format/codes.go": "format_test.go: Detect and Valid call every format",
	"internal/format/net.go":   "format_test.go: Detect and Valid call every format",
	"internal/format/time.go":  "format_test.go: Detect and Valid call every format",

	"internal/cli/check.go":           "the script tests in cmd/akita run the command",
	"internal/cli/diff.go":            "the script tests in cmd/akita run the command",
	"internal/cli/drift.go":           "the script tests in cmd/akita run the command",
	"internal/cli/posture.go":         "the script tests in cmd/akita run the command",
	"internal/cli/recordingsource.go": "cmd/akita/mcp_test.go asks each tool about files; a script test has the mistakes",

	"internal/cli/routes.go":      "the script tests in cmd/akita run the command; test/app compares a server's routes",
	"internal/cli/reportflags.go": "the script tests in cmd/akita run the commands that have the flags",
	"internal/cli/hours.go":       "internal/compare/drift_test.go checks the dates; the script tests run the commands",
	"internal/cli/inputfile.go":   "input_test.go reads every kind of file",
	"internal/cli/memory.go":      "it sets two settings of the runtime; make bench-agent measures the memory",
	"internal/cli/progress.go":    "it draws on a terminal only, which tests do not have",
	"internal/cli/witness.go":     "the script tests in cmd/akita run the command",

	"internal/queue/queuetest":             "it is the conformance suite that every queue runs",
	"internal/queue/sqlitequeue/drop.go":   "sqlitequeue_test.go runs the conformance suite",
	"internal/queue/sqlitequeue/append.go": "sqlitequeue_test.go runs the conformance suite and breaks the disk",
	"internal/queue/sqlitequeue/read.go":   "sqlitequeue_test.go runs the conformance suite and breaks the disk",
	"internal/store/storetest":             "it is the conformance suite that every store runs",
	"internal/store/sqlitestore":           "sqlitestore_test.go runs the conformance suite, which has a part for each file",
}

// build matches the names of files for one operating system: their package has one test for all.
var build = regexp.MustCompile(`_(unix|linux|windows|darwin|other)\.go$`)

// TestEverySourceFileHasATestFile holds for the code that ships. Programs for tests, benchmarks and
// releases are run by their make targets.
func TestEverySourceFileHasATestFile(t *testing.T) {
	t.Parallel()
	for _, p := range ourPackages(t) {
		if !within(p.path, "internal") && !within(p.path, "cmd") && !within(p.path, "client") {
			continue
		}
		for _, name := range p.GoFiles {
			file := path.Join(p.path, name)
			if hasTest(filepath.Join(p.Dir, name)) || !hasLogic(t, filepath.Join(p.Dir, name)) {
				continue
			}
			if reasonOf(file) == "" && !build.MatchString(name) {
				t.Errorf("%s has no test file of its name: write one, or give the reason in coveredElsewhere", file)
			}
		}
	}
}

// hasTest reports whether a source file has a test file of its name.
func hasTest(file string) bool {
	stem := strings.TrimSuffix(build.ReplaceAllString(file, ".go"), ".go")
	for _, ending := range []string{"_test.go", "_internal_test.go"} {
		if _, err := os.Stat(stem + ending); err == nil {
			return true
		}
	}
	return false
}

// hasLogic reports whether a file declares functions, and not only types and constants.
func hasLogic(t *testing.T, file string) bool {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, declaration := range parsed.Decls {
		if f, ok := declaration.(*ast.FuncDecl); ok && f.Body != nil {
			return true
		}
	}
	return false
}

// reasonOf returns the reason for a file or for the nearest folder around it, "" for none.
func reasonOf(file string) string {
	for row := file; row != "."; row = path.Dir(row) {
		if reason := coveredElsewhere[row]; reason != "" {
			return reason
		}
	}
	return ""
}

func TestReasonOf(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]bool{
		"internal/har/errors.go": true, "internal/har/hartest/hartest.go": true, "client/project.go": true,
		"internal/har/entry.go": false, "internal/hartest.go": false, "cmd/akita/other.go": false,
	} {
		if got := reasonOf(file) != ""; got != want {
			t.Errorf("%s has a reason: %v, want %v", file, got, want)
		}
	}
}
