package cli_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// attached returns a recording of calls whose bodies are in files of these names.
func attached(names ...string) string {
	var entries []string
	for _, name := range names {
		entries = append(entries, encode(object{
			"request": object{"method": "GET", "url": "http://shop.test/items"},
			"response": object{
				"status": 200, "headers": []object{{"name": "Content-Type", "value": "application/json"}},
				"content": object{"size": 9, "mimeType": "application/json", "_file": name},
			},
		}))
	}
	return archive(entries...)
}

// zipped returns a zip archive of files.
func zipped(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

const advice = `put them into the folder of the recording, or record with content: "embed" (Playwright)`

func TestBodiesInFilesBesideTheRecording(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	inner := filepath.Join(dir, "inner")
	if err := os.MkdirAll(filepath.Join(inner, "folder.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "outside.json"), `{"secret": 1}`)
	writeFile(t, filepath.Join(inner, "a.json"), `{"color": "red"}`)
	writeFile(t, filepath.Join(inner, "b.json"), gzipped(t, `{"size": 1}`))
	if err := os.Symlink(filepath.Join(dir, "outside.json"), filepath.Join(inner, "link.json")); err != nil {
		t.Fatal(err)
	}
	big, err := os.Create(filepath.Join(inner, "big.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := big.Truncate(65 << 20); err != nil {
		t.Fatal(err)
	}
	if err := big.Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		files          []string
		stdout, stderr string
	}{
		"all are there": {[]string{"a.json", "a.json"}, "color?", ""},
		"compressed":    {[]string{"b.json"}, "size?", ""},
		"one is not":    {[]string{"a.json", "c.json"}, "1 body not read: 1 missing-file", "the files of 1 body were not found: " + advice},
		"elsewhere": {
			[]string{"../outside.json", filepath.Join(dir, "outside.json"), "link.json", "folder.json", "..", ".", `..\outside.json`},
			"7 bodies not read: 7 missing-file", "the files of 7 bodies were not found: " + advice,
		},
		"too large": {[]string{"big.json"}, "1 body not read: 1 too-large", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			recording := writeFile(t, filepath.Join(inner, strings.ReplaceAll(name, " ", "-")+".har"), attached(c.files...))
			code, stdout, stderr := run(t, "", "model", "show", "--types", recording)
			stdout = strings.ReplaceAll(strings.ReplaceAll(stdout, "color  ", "color?  "), "size  ", "size?  ")
			if code != 0 || !strings.Contains(stdout, c.stdout) || strings.Contains(stdout, "secret") {
				t.Errorf("exit code %d, %s", code, stdout)
			}
			if want := c.stderr; want == "" && stderr != "" || want != "" && stderr != recording+": "+want+"\n" {
				t.Errorf("stderr %q, want %q", stderr, want)
			}
		})
	}
}

func TestBodiesInFilesOfStandardInput(t *testing.T) {
	t.Parallel()
	code, _, stderr := run(t, attached("a.json"), "model", "show", "-")
	want := `standard input: the files of 1 body were not found: name the file in place of "-", ` +
		"or record with content: \"embed\" (Playwright)\n"
	if code != 0 || stderr != want {
		t.Errorf("exit code %d, %q", code, stderr)
	}
}

func TestZipArchives(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	damaged := zipped(t, map[string]string{"har.har": strings.Repeat(archive(call), 100)})
	damaged = strings.Replace(damaged, damaged[40:60], strings.Repeat("\xff", 20), 1)
	for name, c := range map[string]struct {
		zip            string
		code           int
		stdout, stderr string
	}{
		"of playwright": {
			zipped(t, map[string]string{"har.har": attached("a.json", "b.png"), "a.json": `{"color": "red"}`, "b.png": "\x89PNG\x00"}),
			0, "color", "",
		},
		"bodies in a folder": {
			zipped(t, map[string]string{"x/har.har": attached("a.json"), "x/a.json": `{"color": "red"}`}), 0, "color", "",
		},
		"a body is absent": {
			zipped(t, map[string]string{"har.har": attached("a.json")}), 0, "1 missing-file",
			`FILE: har.har: the files of 1 body were not found: put them into the zip archive, ` +
				"or record with content: \"embed\" (Playwright)\n",
		},
		"two recordings": {
			zipped(t, map[string]string{"a.har": archive(call), "b/B.HAR": archive(call, call), "c.txt": "x"}), 0, "3 calls", "",
		},
		"no recording": {
			zipped(t, map[string]string{"a.txt": "x"}), 2, "",
			"akita: FILE: the zip archive has no file whose name ends in .har: unpack it, and name the files\n",
		},
		"cut": {
			zipped(t, map[string]string{"har.har": archive(call)})[:100], 2, "",
			"akita: FILE: its zip data is truncated or damaged: zip: not a valid zip file\n",
		},
		"damaged": {damaged, 2, "", "its zip data is truncated or damaged"},
		"a name that controls a terminal": {
			zipped(t, map[string]string{"\x1b[2J.har": archive(call, noCall)}), 0, "1 call",
			`FILE: \x1b[2J.har: entry 1: not a call: the request has no url (skipped)` + "\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := writeFile(t, filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".zip"), c.zip)
			code, stdout, stderr := run(t, "", "model", "show", "--types", file)
			stderr = strings.ReplaceAll(stderr, file, "FILE")
			if code != c.code || !strings.Contains(stdout, c.stdout) || !strings.Contains(stderr, c.stderr) {
				t.Errorf("exit code %d, stderr %q, stdout %q", code, stderr, stdout)
			}
			if c.stderr == "" && stderr != "" {
				t.Errorf("stderr %q", stderr)
			}
		})
	}
}
