package cli_test

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"akita/internal/openapi/openapitest"
)

var update = flag.Bool("update", false, "accept what the commands print now as the expected output")

// wildCorpus is a directory of archives of other tools. They are not ours to redistribute, so
// they are outside the repository. The files in testdata/corpus have the same traits.
const wildCorpus = "../../../shared/corpus"

// wild returns the path of a directory of wildCorpus. It skips the test if that is absent.
func wild(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(wildCorpus, name)
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is absent; testdata/corpus has small files with the same traits", filepath.Clean(dir))
	}
	return dir
}

// Each file gives a valid document, or an error with its name and exit code 2, and leaks nothing.
func TestWildCorpus(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(wild(t, "har"), "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimPrefix(file, wildCorpus+"/har/"), func(t *testing.T) {
			t.Parallel()
			wantDocumentOrError(t, file)
		})
	}
}

// outputs runs every offline command on a file and returns all that they printed. It fails the
// test if a document is not valid, if the output holds characters that control a terminal, or
// if the commands differ in their exit codes.
func outputs(t *testing.T, file string) (code int, all string) {
	t.Helper()
	var printed strings.Builder
	for i, args := range [][]string{
		{"model", "build", file},
		{"model", "build", "--format", "json", "--plain", file},
		{"model", "show", file},
		{"model", "show", "--types", file},
		{"witness", file},
	} {
		exit, stdout, stderr := run(t, "", args...)
		if i == 0 {
			code = exit
		}
		if exit != code {
			t.Errorf("%v: exit code %d, and %d before", args, exit, code)
		}
		if exit == 0 && args[1] == "build" {
			if err := openapitest.Check(t.Context(), []byte(stdout)); err != nil {
				t.Errorf("%v: the document is not valid: %v", args, err)
			}
		}
		if i := strings.IndexFunc(stdout, isUnprintable); i >= 0 {
			t.Errorf("%v: the output holds an unprintable character: %.40q", args, stdout[i:])
		}
		printed.WriteString(stdout + strings.ReplaceAll(stderr, file, "FILE"))
	}
	return code, printed.String()
}

// isUnprintable reports whether r controls a terminal, is invisible, or changes the direction
// of the text.
func isUnprintable(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }

// wantNoLeak fails the test if a value of the file is in the output of the commands.
func wantNoLeak(t *testing.T, file, printed string) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, leak := range trafficOf(f).leaks(printed) {
		t.Errorf("a value leaks: %s", leak)
	}
}

// wantDocumentOrError fails the test if a file gives neither a valid document nor an error with
// its name, or if a value of it leaks.
func wantDocumentOrError(t *testing.T, file string) {
	t.Helper()
	code, printed := outputs(t, file)
	if code != 0 && (code != 2 || !strings.Contains(printed, "FILE: ")) {
		t.Errorf("exit code %d: %s", code, printed)
	}
	wantNoLeak(t, file, printed)
}

// Each testdata/corpus/NAME is an input with traits of real files, and NAME.show is the output
// of `akita model show`.
func TestCorpus(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/corpus/*[^w]")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			code, stdout, stderr := run(t, "", "model", "show", file)
			got := fmt.Sprintf("%s%s(exit code %d)\n", stderr, stdout, code)
			if *update {
				if err := os.WriteFile(file+".show", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file + ".show")
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			wantDocumentOrError(t, file)
		})
	}
}
