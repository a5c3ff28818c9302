package recorded_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"akita/test/accuracy/recorded"
	"akita/test/accuracy/suite"
)

// TestAgreesWithScript compares this package with the script that comes with the recordings.
func TestAgreesWithScript(t *testing.T) {
	t.Parallel()
	shared := os.Getenv(suite.SharedVariable)
	if shared == "" {
		t.Skip(suite.WithoutShared)
	}
	folder := filepath.Join(shared, "accuracy", "recorded")
	recordings, err := recorded.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range recordings {
		t.Run(r.Name, func(t *testing.T) {
			t.Parallel()
			document, err := suite.Build(r.Traffic, false)
			if err != nil {
				t.Fatal(err)
			}
			mine, err := recorded.Parse(document)
			if err != nil {
				t.Fatal(err)
			}
			got, err := recorded.Compare(mine, r.Truth, r.Traffic)
			if err != nil {
				t.Fatal(err)
			}
			checkScript(t, folder, r, document, got)
		})
	}
}

func checkScript(t *testing.T, folder string, r *recorded.Recording, document []byte, got *recorded.Score) {
	t.Helper()
	dir := t.TempDir()
	spec, traffic := filepath.Join(dir, "spec.json"), filepath.Join(dir, "traffic.ndjson")
	for name, content := range map[string][]byte{spec: document, traffic: r.Traffic} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	truth := filepath.Join(folder, strings.TrimSuffix(r.Name, "-names")+"-truth.json.gz")
	script := exec.CommandContext(
		t.Context(),
		"python3",
		filepath.Join(folder, "score.py"),
		truth,
		traffic,
		spec,
		"--json",
		"--verbose",
	)
	out, err := script.Output()
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Observed, Found, Operations, Outside int
		InTruth                              int `json:"in_truth"`
		Missed                               []struct{ Method, Path, Class string }
		Spurious                             []struct{ Method, Path string }
	}
	if err := json.Unmarshal(out, &want); err != nil {
		t.Fatal(err)
	}
	counts := [5]int{got.Observed, got.Found, got.Operations, got.Outside, got.InTruth}
	if counts != [5]int{want.Observed, want.Found, want.Operations, want.Outside, want.InTruth} {
		t.Errorf("got %v, the script %+v", counts, want)
	}
	if len(got.Missed) != len(want.Missed) || len(got.Spurious) != len(want.Spurious) {
		t.Fatalf(
			"%d missed and %d spurious, the script has %d and %d",
			len(got.Missed),
			len(got.Spurious),
			len(want.Missed),
			len(want.Spurious),
		)
	}
	classes := make(map[string]int)
	for i, m := range got.Missed {
		classes[string(m.Class)]++
		classes[want.Missed[i].Class]--
	}
	for class, n := range classes {
		if n != 0 {
			t.Errorf("%s: %+d misses", class, n)
		}
	}
	t.Logf("recall %.3f, precision %.3f", got.Recall(), got.Precision())
}
