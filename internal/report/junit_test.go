package report

import (
	"encoding/xml"
	"testing"
)

func TestJUnitIsReadable(t *testing.T) {
	t.Parallel()
	for name, r := range everyReport() {
		var got junitSuites
		if err := xml.Unmarshal([]byte(written(t, "junit", r, Options{})), &got); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var tests, failures int
		names := make(map[[2]string]bool)
		for _, suite := range got.Suites {
			var failed, skipped int
			for _, one := range suite.Cases {
				id := [2]string{one.Class, one.Name}
				if one.Class == "" || one.Name == "" || names[id] {
					t.Errorf("%s: a test is named %q", name, id)
				}
				names[id] = true
				if one.Failure != nil {
					failed++
				}
				if one.Skipped != nil {
					skipped++
				}
			}
			if suite.Tests != len(suite.Cases) || suite.Failures != failed || suite.Skipped != skipped {
				t.Errorf("%s: suite %s counts %d tests, %d failures and %d skipped of %d, %d and %d", name, suite.Name,
					suite.Tests, suite.Failures, suite.Skipped, len(suite.Cases), failed, skipped)
			}
			tests, failures = tests+len(suite.Cases), failures+failed
		}
		want := len(r.Failing())
		if r.Coverage != nil && !r.Coverage.IsEnough() {
			want++
		}
		if got.Tests != tests || got.Failures != failures || failures != want || tests == 0 {
			t.Errorf("%s: %d tests and %d failures, want %d and %d; %d findings fail", name, got.Tests, got.Failures, tests, failures, want)
		}
	}
}
