package canary_test

import (
	"encoding/json"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"akita/test/leaks/canary"
)

func TestKindsAreDifferentTexts(t *testing.T) {
	t.Parallel()
	for _, kind := range append(canary.Random, canary.Person) {
		texts := kind.DrawAll(rand.New(rand.NewPCG(1, 2)), 200)
		seen := make(map[string]bool)
		for _, text := range texts {
			if seen[text] || len(text) < 6 {
				t.Errorf("%s: %q is short or repeated", kind.Name, text)
			}
			seen[text] = true
		}
	}
	if names := canary.GivenNames(rand.New(rand.NewPCG(1, 2)), 200); len(names) != 200 {
		t.Errorf("%d given names", len(names))
	}
}

// Each entry has its text in it, as it is or escaped.
func TestEveryPlaceHoldsItsText(t *testing.T) {
	t.Parallel()
	names := make(map[string]bool)
	for _, place := range canary.Places {
		if names[place.Name] {
			t.Errorf("%s is there twice", place.Name)
		}
		names[place.Name] = true
		for _, text := range []string{"hunter2", "Sofia Okafor", "ключ"} {
			entry, err := json.Marshal(place.Entry("probe", 0, text))
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, form := range []string{text, url.QueryEscape(text), url.PathEscape(text)} {
				found = found || strings.Contains(string(entry), form)
			}
			if !found {
				t.Errorf("%s: no %q in %s", place.Name, text, entry)
			}
		}
	}
}
