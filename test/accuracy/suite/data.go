// Package suite runs the product's code on cases with a known truth.
package suite

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"akita/test/accuracy/fiction"
	"akita/test/accuracy/recorded"
	"akita/test/accuracy/traffic"
	"akita/test/accuracy/truth"
)

// Seed is the seed of the kept traffic.
const Seed = 20260105

// Kept is the number of calls of each API whose traffic and truth are kept as files.
const Kept = 1000

// Data is the traffic of an API, as HAR entries one per line, and the truth about it.
type Data struct {
	Traffic []byte
	Truth   *truth.Truth
}

// Make draws n calls of an API by a seed.
func Make(api *fiction.API, n int, seed uint64) (*Data, error) {
	var b bytes.Buffer
	w := traffic.NewWriter(&b, api)
	observer := truth.NewObserver(api)
	for call := range traffic.Calls(api, n, seed) {
		if err := w.Write(call); err != nil {
			return nil, err
		}
		observer.Observe(call)
	}
	return &Data{b.Bytes(), observer.Truth()}, nil
}

// Load reads the data of an API from its folder below root.
func Load(root, api string) (*Data, error) {
	entries, err := recorded.Unzip(trafficFile(root, api))
	if err != nil {
		return nil, err
	}
	d := &Data{Traffic: entries, Truth: new(truth.Truth)}
	text, err := os.ReadFile(truthFile(root, api))
	if err != nil {
		return nil, fmt.Errorf("read truth: %w", err)
	}
	if err := json.Unmarshal(text, d.Truth); err != nil {
		return nil, fmt.Errorf("parse %s: %w", truthFile(root, api), err)
	}
	return d, nil
}

// Save writes the data of an API to its folder below root.
func (d *Data) Save(root, api string) error {
	if err := os.MkdirAll(filepath.Join(root, api), 0o750); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return fmt.Errorf("zip traffic: %w", err)
	}
	if _, err := w.Write(d.Traffic); err != nil {
		return fmt.Errorf("zip traffic: %w", err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("zip traffic: %w", err)
	}
	if err := os.WriteFile(trafficFile(root, api), b.Bytes(), 0o600); err != nil {
		return fmt.Errorf("write traffic: %w", err)
	}
	text, err := json.Marshal(d.Truth)
	if err != nil {
		return fmt.Errorf("write truth: %w", err)
	}
	// One operation per line is small and makes differences readable.
	text = append(bytes.ReplaceAll(text, []byte(`,{"method":`), []byte(",\n{\"method\":")), '\n')
	if err := os.WriteFile(truthFile(root, api), text, 0o600); err != nil {
		return fmt.Errorf("write truth: %w", err)
	}
	return nil
}

func trafficFile(root, api string) string { return filepath.Join(root, api, "traffic.ndjson.gz") }
func truthFile(root, api string) string   { return filepath.Join(root, api, "truth.json") }
