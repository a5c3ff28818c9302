package compare

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Ignored is an entry of a file of findings that a team accepts. Each member that is not empty has to
// match; "*" stands for any text.
type Ignored struct {
	Reason  string `yaml:"reason"`
	Kind    string `yaml:"kind"`
	Subject string `yaml:"subject"`
	Method  string `yaml:"method"`
	Path    string `yaml:"path"`
	Status  string `yaml:"status"`
	At      string `yaml:"at"`
	Value   string `yaml:"value"`
}

var subjects = []Subject{
	Operation, Status, MediaType, Parameter, RequestField, ResponseField, Type, Format, Nullable, Required, Enum, Auth,
	Header,
}

// ReadIgnored reads a list of entries in YAML or JSON, and checks each.
func ReadIgnored(text []byte) ([]Ignored, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var out []Ignored
	if err := decoder.Decode(&out); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("it is not a list of entries with reason, kind, subject, method, path, status, at, value: %w",
			err)
	}
	for i, e := range out {
		if err := e.check(); err != nil {
			return nil, fmt.Errorf("entry %d: %w", i+1, err)
		}
	}
	return out, nil
}

func (e Ignored) check() error {
	if strings.TrimSpace(e.Reason) == "" {
		return errors.New(`it has no reason: write why the finding is accepted, as "reason"`)
	}
	if e == (Ignored{Reason: e.Reason}) {
		return errors.New(`it matches every finding: say which, by "kind", "subject", "method", "path", "status" or "at"`)
	}
	if e.Kind != "" && !slices.Contains(kindOrder, Kind(e.Kind)) {
		return fmt.Errorf("unknown kind %q: it is one of %v", e.Kind, kindOrder)
	}
	if e.Subject != "" && !slices.Contains(subjects, Subject(e.Subject)) {
		return fmt.Errorf("unknown subject %q: it is one of %v", e.Subject, subjects)
	}
	return nil
}

func (e Ignored) matches(f *Finding) bool {
	status := ""
	if f.Status != 0 {
		status = fmt.Sprint(f.Status)
	}
	for _, pair := range [][2]string{
		{e.Kind, string(f.Kind)}, {e.Subject, string(f.Subject)}, {strings.ToUpper(e.Method), f.Method}, {e.Path, f.Path},
		{e.Status, status}, {e.At, f.At}, {e.Value, f.Value},
	} {
		if pair[0] != "" && !fits(pair[1], pair[0]) {
			return false
		}
	}
	return true
}

// fits reports whether a text is that of a pattern, in which "*" stands for any text.
func fits(text, pattern string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return text == pattern
	}
	rest, ok := strings.CutPrefix(text, parts[0])
	if !ok {
		return false
	}
	last := parts[len(parts)-1]
	for _, part := range parts[1 : len(parts)-1] {
		_, after, found := strings.Cut(rest, part)
		if !found {
			return false
		}
		rest = after
	}
	return strings.HasSuffix(rest, last)
}

// Without returns the findings that no entry matches, and the numbers of the entries, from 1, that match
// none.
func Without(findings []Finding, ignored []Ignored) (left []Finding, unused []int) {
	used := make([]bool, len(ignored))
	for i := range findings {
		keep := true
		for n, e := range ignored {
			if e.matches(&findings[i]) {
				keep, used[n] = false, true
			}
		}
		if keep {
			left = append(left, findings[i])
		}
	}
	for n, is := range used {
		if !is {
			unused = append(unused, n+1)
		}
	}
	return left, unused
}
