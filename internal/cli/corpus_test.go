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

// wildCorpus is a folder of archives beside the repository, as other tools wrote them; they
// are too many and not ours to keep here. Those in testdata/corpus have their traits.
const wildCorpus = "../../../shared/corpus"

// wild returns the path of a folder of wildCorpus.
func wild(t *testing.T, folder string) string {
	t.Helper()
	folder = filepath.Join(wildCorpus, folder)
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("there is no %s beside the repository; testdata/corpus holds small files with the same traits", filepath.Clean(folder))
	}
	return folder
}

// Each file gives a valid document, or an error that names it and exit code 2; nothing of it leaks.
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

// outputs runs every offline command on a file that prints something of it, enums and all,
// and returns what they printed. It fails where a document is not valid, where a terminal
// would not show what is printed as it is, and where the commands do not agree on the exit code.
func outputs(t *testing.T, file string) (code int, all string) {
	t.Helper()
	var printed strings.Builder
	for i, args := range [][]string{{"model", "build", file}, {"model", "build", "--format", "json", "--plain", file}, {"model", "show", file}, {"model", "show", "--types", file}, {"witness", file}} {
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
		if i := strings.IndexFunc(stdout, playsTricks); i >= 0 {
			t.Errorf("%v: what is printed would play tricks on a terminal: %.40q", args, stdout[i:])
		}
		printed.WriteString(stdout + strings.ReplaceAll(stderr, file, "FILE"))
	}
	return code, printed.String()
}

// playsTricks tells control characters, and those that are invisible or turn the direction.
func playsTricks(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }

// wantNoLeak fails where a value of the file is found in what the commands printed.
func wantNoLeak(t *testing.T, file, printed string) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, leak := range trafficOf(f).leaks(printed) {
		t.Errorf("a value leaves: %s", leak)
	}
}

// wantDocumentOrError fails where a file gives neither a valid document nor an error that
// names it, and where something of it leaks.
func wantDocumentOrError(t *testing.T, file string) {
	t.Helper()
	code, printed := outputs(t, file)
	if code != 0 && (code != 2 || !strings.Contains(printed, "FILE: ")) {
		t.Errorf("exit code %d: %s", code, printed)
	}
	wantNoLeak(t, file, printed)
}

// Each testdata/corpus/NAME is an input as people have them, and NAME.show what
// `akita model show` makes of it.
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
