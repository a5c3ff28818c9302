package cli_test

import (
	"strings"
	"testing"

	"akita/internal/openapi/openapitest"
)

// Every file gives a table or an error of the input. Compressed, it gives the same.
func FuzzInput(f *testing.F) {
	for _, seed := range []string{
		"", "{}", archive(call), archive(call, noCall), call + "\n" + noCall, "cb(" + archive(call) + ");",
		archive(call)[:120], "\ufeff[]", "\x1f\x8b", "<html>",
	} {
		f.Add(seed)
		f.Add(gzipped(f, seed))
		f.Add(gzipped(f, seed) + "x")
	}
	f.Fuzz(func(t *testing.T, file string) {
		code, stdout, stderr := run(t, file, "model", "show", "-")
		switch {
		case code == 0 && !strings.Contains(stdout, " call"):
			t.Errorf("no table: %q", stdout)
		case code == 2 && (stdout != "" || !strings.Contains(stderr, "akita: ")):
			t.Errorf("no clear error: %q, %q", stdout, stderr)
		case code != 0 && code != 2:
			t.Errorf("exit code %d: %s", code, stderr)
		}
		if strings.HasPrefix(file, "\x1f\x8b") {
			return // a file that is compressed twice is not an archive
		}
		again, unzipped, errors := run(t, gzipped(t, file), "model", "show", "-")
		if again != code || unzipped != stdout || errors != stderr {
			t.Errorf("compressed: exit code %d, %q, %q; uncompressed: %d, %q, %q",
				again, unzipped, errors, code, stdout, stderr)
		}
	})
}

// The document is valid for any text in any place of a call.
func FuzzDocument(f *testing.F) {
	for _, text := range naughty {
		if len(text) < 100 {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		archived := encode(object{"log": object{"entries": variants(text)}})
		code, document, stderr := run(t, archived, "model", "build", "-")
		if code != 0 {
			t.Errorf("exit code %d: %s", code, stderr)
		}
		if err := openapitest.Check(t.Context(), []byte(document)); err != nil {
			t.Errorf("the document is not valid: %v\n%s", err, document)
		}
	})
}
