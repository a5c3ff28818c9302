package download

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestReadWheels(t *testing.T) {
	t.Parallel()
	for metadata, want := range map[string]string{
		"Metadata-Version: 2.4\nRequires-Python: >=3.11\n\ntext": ">=3.11",
		"requires-python:>=3.8,<4\n":                             ">=3.8,<4",
		"Metadata-Version: 2.4\n\nRequires-Python: no\n":         "", // not in the header
		"": "",
	} {
		wheels, err := readWheels(fstest.MapFS{wheelName: {Data: wheelOf(t, metadata)}, "notes.txt": {}})
		if err != nil || len(wheels) != 1 {
			t.Fatalf("%q: %d wheels, %v", metadata, len(wheels), err)
		}
		if w := wheels[0]; w.project != "akita-django" || w.requiresPython != want {
			t.Errorf("%q: project %q requires %q, want akita-django and %q", metadata, w.project, w.requiresPython, want)
		}
	}
}

func TestBrokenWheels(t *testing.T) {
	t.Parallel()
	long := wheelOf(t, strings.Repeat("x", 100_000)) // longer than a line may be
	for name, content := range map[string][]byte{"not a zip": []byte("PK"), "a long line": long} {
		if _, err := readWheels(fstest.MapFS{wheelName: {Data: content}}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
