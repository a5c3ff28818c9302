package suite

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// WithoutRoutes returns a HAR file of the entries without the framework's routes.
func WithoutRoutes(entries []byte) ([]byte, error) {
	all, err := split(entries)
	if err != nil {
		return nil, err
	}
	for i := range all {
		var entry map[string]json.RawMessage
		if err := json.Unmarshal(all[i], &entry); err != nil {
			return nil, fmt.Errorf("parse entry %d: %w", i, err)
		}
		delete(entry, "_akita")
		if all[i], err = json.Marshal(entry); err != nil {
			return nil, fmt.Errorf("write entry %d: %w", i, err)
		}
	}
	return archive(all)
}

func archive(entries []json.RawMessage) ([]byte, error) {
	out, err := json.Marshal(map[string]any{"log": map[string]any{
		"version": "1.2", "creator": map[string]string{"name": "accuracy", "version": "1"}, "entries": entries,
	}})
	if err != nil {
		return nil, fmt.Errorf("write HAR: %w", err)
	}
	return out, nil
}

// split returns the entries of a HAR file, or of a text with one entry per line.
func split(entries []byte) ([]json.RawMessage, error) {
	var file struct {
		Log struct {
			Entries []json.RawMessage `json:"entries"`
		} `json:"log"`
	}
	if err := json.Unmarshal(entries, &file); err == nil && file.Log.Entries != nil {
		return file.Log.Entries, nil
	}
	var all []json.RawMessage
	for line := range bytes.Lines(entries) {
		if !json.Valid(line) {
			return nil, fmt.Errorf("entry %d is not JSON", len(all))
		}
		all = append(all, line)
	}
	return all, nil
}
