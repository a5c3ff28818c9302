package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"akita/test/accuracy/score"
	"akita/test/accuracy/suite"
)

// named is a result of which so many in a hundred operations are right.
func named(name string, right int) *result {
	tallies := map[string]score.Tally{score.Operations: {Right: right, Wanted: 100}}
	return &result{Case: suite.Case{Name: name, Counts: true}, Outcome: &suite.Outcome{Result: score.Result{Tallies: tallies}}}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	invalid := named("a", 90)
	invalid.Invalid = errors.New("no info")
	complained := named("a", 90)
	complained.complaints = []string{"lint"}
	tests := map[string]struct {
		results []*result
		want    string // in the error; "" for none
	}{
		"as good as it has been":      {[]*result{named("a", 90)}, ""},
		"better":                      {[]*result{named("a", 91)}, ""},
		"a case without a baseline":   {[]*result{named("b", 1)}, ""},
		"worse":                       {[]*result{named("a", 89)}, "a is 89.00, the baseline 90.00"},
		"a document that is no valid": {[]*result{invalid}, "a: the document is not valid"},
		"a complaint of redocly":      {[]*result{complained}, "a: the document is not valid"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "baseline.json")
			if err := judge(file, []*result{named("a", 90)}, false, true); err != nil {
				t.Fatal(err)
			}
			err := judge(file, test.results, false, false)
			switch {
			case test.want == "" && err != nil:
				t.Errorf("got %v, want no error", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestComplaints(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		script  string
		want    int
		failing bool
	}{
		"nothing to complain of": {`echo '{"problems": []}'`, 0, false},
		"errors, from both":      {`echo '{"problems": [{"ruleId": "r", "severity": "error", "message": "m"}]}'; exit 1`, 2, false},
		"warnings":               {`echo '{"problems": [{"ruleId": "r", "severity": "warn", "message": "m"}]}'`, 0, false},
		"a crash":                {`echo Segmentation fault >&2; exit 2`, 0, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			redocly := filepath.Join(t.TempDir(), "redocly")
			if err := os.WriteFile(redocly, []byte("#!/bin/sh\n"+test.script+"\n"), 0o755); err != nil {
				t.Fatal(err)
			}
			got, err := complaints(t.Context(), redocly, &suite.Outcome{Document: []byte("{}"), Entries: []byte(`{"response":{"status":200}}`)})
			if (err != nil) != test.failing {
				t.Fatalf("error is %v", err)
			}
			if len(got) != test.want {
				t.Errorf("complaints are %v, want %d", got, test.want)
			}
		})
	}
}
