package recorded_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"akita/test/accuracy/recorded"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"shop.ndjson.gz": "{}\n", "shop-names.ndjson.gz": "{}\n{}\n", "shop-truth.json.gz": published, "README.md": "",
	} {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	recordings, err := recorded.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range recordings {
		names = append(names, r.Name)
		if len(r.Truth.Paths) != 6 {
			t.Errorf("%s: the truth has %d paths", r.Name, len(r.Truth.Paths))
		}
	}
	if got := strings.Join(names, " "); got != "shop-names shop" {
		t.Errorf("got %s", got)
	}
	if _, err := recorded.Load(t.TempDir()); err == nil {
		t.Error("an empty folder gives no error")
	}
}

func TestHalf(t *testing.T) {
	t.Parallel()
	traffic := []byte("a\nb\nc\nd\ne\nf\n")
	half := recorded.Half(traffic, 1)
	if n := bytes.Count(half, []byte("\n")); n != 3 {
		t.Errorf("half of six lines has %d", n)
	}
	if !bytes.Equal(half, recorded.Half(traffic, 1)) {
		t.Error("one seed gives two halves")
	}
	last := byte(0)
	for line := range bytes.Lines(half) {
		if line[0] <= last {
			t.Errorf("%q is not in order", half)
		}
		last = line[0]
	}
}
