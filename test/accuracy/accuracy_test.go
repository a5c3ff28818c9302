package main

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"akita/test/accuracy/score"
	"akita/test/accuracy/suite"
)

// named returns a result in which right of a hundred operations are right.
func named(name string, right int) *result {
	tallies := map[string]score.Tally{score.Operations: {Right: right, Wanted: 100}}
	return &result{
		Case:    suite.Case{Name: name, Counts: true},
		Outcome: &suite.Outcome{Result: score.Result{Tallies: tallies}},
	}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	invalid := named("a", 90)
	invalid.Invalid = errors.New("no info")
	tests := map[string]struct {
		results []*result
		want    string // in the error; "" for none
	}{
		"as good as it has been":    {[]*result{named("a", 90)}, ""},
		"better":                    {[]*result{named("a", 91)}, ""},
		"a case without a baseline": {[]*result{named("b", 1)}, ""},
		"worse":                     {[]*result{named("a", 89)}, "a is 89.00, the baseline 90.00"},
		"an invalid document":       {[]*result{invalid}, "a: the document is not valid"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "baseline.json")
			if err := judge(file, nil, figures([]*result{named("a", 90)}, false), true); err != nil {
				t.Fatal(err)
			}
			err := judge(file, test.results, figures(test.results, false), false)
			switch {
			case test.want == "" && err != nil:
				t.Errorf("got %v, want no error", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}
