package suite

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Archive makes a HAR file of entries that stand one a line; of a HAR file it is itself.
func Archive(entries []byte) ([]byte, error) {
	return archive(entries, func(int) bool { return true })
}

// Accepted makes a HAR file of those entries that were answered below 400.
func Accepted(entries []byte) ([]byte, error) {
	return archive(entries, func(status int) bool { return status < 400 })
}

func archive(entries []byte, keep func(status int) bool) ([]byte, error) {
	all, err := split(entries)
	if err != nil {
		return nil, err
	}
	var kept []json.RawMessage
	for _, entry := range all {
		var e struct {
			Response struct {
				Status int `json:"status"`
			} `json:"response"`
		}
		if err := json.Unmarshal(entry, &e); err != nil {
			return nil, fmt.Errorf("parse entry: %w", err)
		}
		if keep(e.Response.Status) {
			kept = append(kept, entry)
		}
	}
	out, err := json.Marshal(map[string]any{"log": map[string]any{
		"version": "1.2", "creator": map[string]string{"name": "accuracy", "version": "1"}, "entries": kept,
	}})
	if err != nil {
		return nil, fmt.Errorf("write HAR: %w", err)
	}
	return out, nil
}

// split takes a HAR file, or entries one a line, apart.
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
			return nil, fmt.Errorf("entry %d is no JSON", len(all))
		}
		all = append(all, line)
	}
	return all, nil
}
