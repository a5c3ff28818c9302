package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"

	"akita/internal/compare"
)

// The parts of JUnit XML that CI servers read: each operation with findings is a suite, and each finding
// a test.
type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Failure *junitMessage `xml:"failure,omitempty"`
	Skipped *junitMessage `xml:"skipped,omitempty"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
}

func (s *junitSuites) add(one junitSuite) {
	s.Tests, s.Failures, s.Suites = s.Tests+one.Tests, s.Failures+one.Failures, append(s.Suites, one)
}

func writeJUnit(w io.Writer, r *Report, _ Options) error {
	out := junitSuites{Name: r.Title}
	if r.Coverage != nil {
		out.add(r.Coverage.suite())
	}
	findings := slices.Clone(r.Findings)
	compare.Sort(findings)
	for _, g := range groups(findings) {
		suite := junitSuite{Name: g.method + " " + g.path}
		for _, f := range g.findings {
			one := junitCase{Class: g.method + " " + g.path, Name: ruleID(f) + " " + where(f)}
			if f.Value != "" {
				one.Name += " " + f.Value
			}
			if r.Fails != nil && r.Fails(f) {
				one.Failure = &junitMessage{sentence(f), string(f.Severity)}
				suite.Failures++
			} else {
				one.Skipped = &junitMessage{Message: sentence(f)}
				suite.Skipped++
			}
			suite.Tests++
			suite.Cases = append(suite.Cases, one)
		}
		out.add(suite)
	}
	if len(out.Suites) == 0 { // some servers refuse a report without tests
		out.Tests = 1
		out.Suites = []junitSuite{{Name: r.Title, Tests: 1, Cases: []junitCase{{Class: r.Title, Name: "no findings"}}}}
	}
	text, err := xml.MarshalIndent(out, "", "  ")
	if err != nil {
		return fmt.Errorf("write JUnit XML: %w", err)
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, text)
	return err
}
