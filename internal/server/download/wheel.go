package download

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strings"
)

// wheel is a distribution of a Python package.
type wheel struct {
	file
	project        string // normalised name, as PEP 503 has it
	requiresPython string // such as ">=3.11"; "" where it does not say
}

func readWheels(python fs.FS) ([]wheel, error) {
	names, err := fs.Glob(python, "*.whl")
	if err != nil {
		return nil, fmt.Errorf("read wheels: %w", err)
	}
	wheels := make([]wheel, 0, len(names))
	for _, name := range names {
		content, err := fs.ReadFile(python, name)
		if err != nil {
			return nil, fmt.Errorf("read wheels: %w", err)
		}
		requires, err := requiresPython(content)
		if err != nil {
			return nil, fmt.Errorf("read wheel %s: %w", name, err)
		}
		distribution, _, _ := strings.Cut(name, "-")
		wheels = append(wheels, wheel{inMemory(name, "application/zip", content), normalised(distribution), requires})
	}
	return wheels, nil
}

var separators = regexp.MustCompile(`[-_.]+`)

// normalised returns a project's name as PEP 503 compares it.
func normalised(name string) string {
	return strings.ToLower(separators.ReplaceAllString(name, "-"))
}

// requiresPython reads Requires-Python from a wheel's METADATA.
func requiresPython(content []byte) (string, error) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return "", err
	}
	for _, entry := range archive.File {
		if !strings.HasSuffix(entry.Name, ".dist-info/METADATA") {
			continue
		}
		metadata, err := entry.Open()
		if err != nil {
			return "", err
		}
		defer metadata.Close()
		return headerValue(metadata, "Requires-Python")
	}
	return "", errors.New("no METADATA in it")
}

// headerValue returns a header's value from lines such as those of an e-mail.
func headerValue(r io.Reader, header string) (string, error) {
	lines := bufio.NewScanner(r)
	for lines.Scan() && lines.Text() != "" {
		name, value, _ := strings.Cut(lines.Text(), ":")
		if strings.EqualFold(name, header) {
			return strings.TrimSpace(value), nil
		}
	}
	return "", lines.Err()
}
