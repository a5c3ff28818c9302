// Package compare checks comparisons on the traffic of the fictitious APIs: samples of the same API have no
// breaking changes, and changes that are planted are found.
package compare

import (
	"bytes"
	"fmt"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/har"
	"akita/internal/severity"
	"akita/internal/witness"
	"akita/test/accuracy/apis"
	"akita/test/accuracy/fiction"
	"akita/test/accuracy/traffic"
)

// draw returns two disjoint samples of n calls each, one HAR entry a line.
func draw(api *fiction.API, n int, seed uint64) (x, y [][]byte, err error) {
	var b bytes.Buffer
	w := traffic.NewWriter(&b, api)
	for call := range traffic.Calls(api, 2*n, seed) {
		if err := w.Write(call); err != nil {
			return nil, nil, err
		}
	}
	for i, line := range bytes.Split(bytes.TrimSpace(b.Bytes()), []byte("\n")) {
		if i%2 == 0 {
			x = append(x, line)
		} else {
			y = append(y, line)
		}
	}
	return x, y, nil
}

// recording returns what entries show, with the framework's routes or without.
func recording(entries [][]byte, routes bool) (compare.Recording, error) {
	m := apimodel.New()
	options := witness.Options{Enums: true}
	for i, line := range entries {
		var e har.Entry
		if err := har.ParseEntry(line, &e); err != nil {
			return compare.Recording{}, fmt.Errorf("entry %d: %w", i, err)
		}
		if !routes {
			e.Akita = har.Akita{}
		}
		w := witness.FromEntry(&e, options)
		m.Add(&w)
	}
	return compare.Recording{Model: m}, nil
}

// changes returns the findings between two recordings.
func changes(base, revision compare.Recording) ([]compare.Finding, error) {
	findings := compare.Diff(compare.Sides(base, revision))
	return findings, severity.Judge(findings)
}

func TestSamplesOfOneAPIHaveNoBreakingChanges(t *testing.T) {
	t.Parallel()
	for _, api := range apis.All() {
		t.Run(api.Name, func(t *testing.T) {
			t.Parallel()
			for _, n := range []int{100, 300} {
				x, y, err := draw(api, n, 5)
				if err != nil {
					t.Fatal(err)
				}
				for _, routes := range []bool{false, true} {
					base, err := recording(x, routes)
					if err != nil {
						t.Fatal(err)
					}
					revision, err := recording(y, routes)
					if err != nil {
						t.Fatal(err)
					}
					findings, err := changes(base, revision)
					if err != nil {
						t.Fatal(err)
					}
					for _, f := range findings {
						if f.Verdict == compare.Proved {
							t.Errorf("%d calls, routes %t: %s", n, routes, line(f))
						}
					}
				}
			}
		})
	}
}

func line(f compare.Finding) string {
	return fmt.Sprintf("%s %s: %s %s %d %s %s (%d of %d, %s, %s)", f.Method, f.Path, f.Kind, f.Subject, f.Status, f.At,
		f.Value, f.Seen.For, f.Seen.Of, f.Message, f.Severity)
}
