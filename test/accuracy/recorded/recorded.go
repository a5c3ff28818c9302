// Package recorded scores OpenAPI documents of recorded traffic against the documents that the
// APIs publish of themselves. The traffic is not part of the repository: a folder holds it.
//
// A published document does not say what the traffic shows, so this package scores operations
// only: recall over those that were called with success, precision over those of the document.
package recorded

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// Recording is the traffic of one API with the API's published document.
type Recording struct {
	Name    string
	Traffic []byte // HAR entries, one per line
	Truth   *Document
}

const (
	trafficEnding = ".ndjson.gz"
	truthEnding   = "-truth.json.gz"
)

// Load reads the recordings in a folder. NAME.ndjson.gz has its published document in
// NAME-truth.json.gz. A variant NAME-SUFFIX.ndjson.gz without its own document has that of NAME.
func Load(folder string) ([]*Recording, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*"+trafficEnding))
	if err != nil {
		return nil, fmt.Errorf("list recordings: %w", err)
	}
	var recordings []*Recording
	for _, file := range files {
		r := &Recording{Name: strings.TrimSuffix(filepath.Base(file), trafficEnding)}
		if r.Traffic, err = Unzip(file); err != nil {
			return nil, err
		}
		truth, err := readTruth(folder, r.Name)
		if err != nil {
			return nil, err
		}
		if r.Truth, err = Parse(truth); err != nil {
			return nil, fmt.Errorf("%s: %w", r.Name, err)
		}
		recordings = append(recordings, r)
	}
	if len(recordings) == 0 {
		return nil, fmt.Errorf("no file in %s ends in %s", folder, trafficEnding)
	}
	return recordings, nil
}

func readTruth(folder, name string) ([]byte, error) {
	text, err := Unzip(filepath.Join(folder, name+truthEnding))
	if base, _, ok := cutLast(name, "-"); ok && os.IsNotExist(err) {
		return Unzip(filepath.Join(folder, base+truthEnding))
	}
	return text, err
}

// cutLast cuts a text around the last occurrence of sep.
func cutLast(text, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(sep):], true
}

// Unzip returns what a gzip file holds.
func Unzip(name string) ([]byte, error) {
	packed, err := os.ReadFile(name)
	if err != nil {
		return nil, err // a *fs.PathError, which names the file
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unzip %s: %w", name, err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("unzip %s: %w", name, err)
	}
	return plain, nil
}

// Half returns a random half of the calls, in their order.
func Half(traffic []byte, seed uint64) []byte {
	random := rand.New(rand.NewPCG(seed, 0))
	lines := bytes.SplitAfter(traffic, []byte("\n"))
	if len(lines[len(lines)-1]) == 0 {
		lines = lines[:len(lines)-1]
	}
	keep := make([]bool, len(lines))
	for _, i := range random.Perm(len(lines))[:len(lines)/2] {
		keep[i] = true
	}
	var half bytes.Buffer
	for i, line := range lines {
		if keep[i] {
			half.Write(line)
		}
	}
	return half.Bytes()
}

// call is what a score needs of a HAR entry.
type call struct {
	method, host, path string
	status             int
}

func parseCalls(traffic []byte) ([]call, error) {
	var calls []call
	for line := range bytes.Lines(traffic) {
		var entry struct {
			Request  struct{ Method, URL string }
			Response struct{ Status int }
		}
		if err := json.Unmarshal(line, &entry); err != nil {
			return nil, fmt.Errorf("call %d: %w", len(calls), err)
		}
		host, path := splitURL(entry.Request.URL)
		calls = append(calls, call{strings.ToUpper(entry.Request.Method), host, path, entry.Response.Status})
	}
	return calls, nil
}

// splitURL returns the host with its port and the path as it is written. Recordings have
// characters that net/url refuses.
func splitURL(url string) (host, path string) {
	url, _, _ = strings.Cut(url, "#")
	url, _, _ = strings.Cut(url, "?")
	if _, rest, absolute := strings.Cut(url, "://"); absolute {
		host, path, _ = strings.Cut(rest, "/")
		return host, "/" + path
	}
	return "", url
}
