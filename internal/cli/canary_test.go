package cli_test

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"akita/test/leaks/canary"
)

// No offline command prints data of any kind from a place that holds values.
func TestCanariesAreNotPrinted(t *testing.T) {
	t.Parallel()
	for i, place := range canary.Places {
		if !place.Value {
			continue
		}
		t.Run(place.Name, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(5, uint64(i)))
			var file strings.Builder
			var texts []string
			for _, kind := range append(canary.Random, canary.Person) {
				if kind.Allowed > 0 && place.Words > 0 { // a word in a path may be the API's
					continue
				}
				for n, text := range kind.DrawAll(random, 5) {
					line, err := json.Marshal(place.Entry("unit"+string(rune('a'+i%26)), n, text))
					if err != nil {
						t.Fatal(err)
					}
					file.Write(append(line, '\n'))
					texts = append(texts, text)
				}
			}
			path := filepath.Join(t.TempDir(), "traffic.har")
			if err := os.WriteFile(path, []byte(file.String()), 0o600); err != nil {
				t.Fatal(err)
			}
			code, printed := outputs(t, path)
			if code != 0 || !strings.Contains(printed, "/beds") {
				t.Fatalf("exit code %d: %s", code, printed)
			}
			lower := strings.ToLower(printed)
			for _, text := range texts {
				if contains(lower, strings.ToLower(text)) {
					t.Errorf("%q is printed:\n%s", text, lineOf(lower, strings.ToLower(text)))
				}
			}
		})
	}
}
