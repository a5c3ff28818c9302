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

// wheel is a built distribution of a Python package.
type wheel struct {
	file
	project        string // normalized name, as in PEP 503
	requiresPython string // such as ">=3.11"; "" if not given
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
		wheels = append(wheels, wheel{inMemory(name, "application/zip", content), normalized(distribution), requires})
	}
	return wheels, nil
}

var separators = regexp.MustCompile(`[-_.]+`)

// normalized returns the normalized name of a project, as in PEP 503.
func normalized(name string) string {
	return strings.ToLower(separators.ReplaceAllString(name, "-"))
}

// requiresPython returns the value of Requires-Python in a wheel's METADATA.
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
	return "", errors.New("it has no METADATA file")
}

// headerValue returns the value of a header in the format of e-mail headers.
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
