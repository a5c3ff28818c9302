// Package examples takes files out of a page of the documentation.
package examples

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// file matches the name of a file, and the block below it.
var file = regexp.MustCompile("(?ms)^`([^`\n]+)`:\n\n```[a-z]+\n(.*?)^```$")

// Read returns the files of a page, by name.
func Read(page string) (map[string]string, error) {
	text, err := os.ReadFile(page)
	if err != nil {
		return nil, fmt.Errorf("read the examples: %w", err)
	}
	files := make(map[string]string)
	for _, match := range file.FindAllStringSubmatch(string(text), -1) {
		files[match[1]] = match[2]
	}
	if blocks := strings.Count(string(text), "\n```") / 2; blocks != len(files) {
		return nil, fmt.Errorf("%s has %d blocks, and %d files: write the name of each above it, with a colon",
			page, blocks, len(files))
	}
	return files, nil
}

// Write writes the files of a page into a folder.
func Write(page, folder string) error {
	files, err := Read(page)
	if err != nil {
		return err
	}
	for name, text := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return fmt.Errorf("make folder: %w", err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	return nil
}
