package report

import (
	"io"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"akita/internal/compare"
)

// The shape of the JSON is a contract: scripts read it.
type jsonReport struct {
	Findings []jsonFinding `json:"findings"`
	Summary  jsonSummary   `json:"summary"`
}

type jsonFinding struct {
	Kind      compare.Kind     `json:"kind"`
	Subject   compare.Subject  `json:"subject"`
	Method    string           `json:"method"`
	Path      string           `json:"path"`
	Status    int              `json:"status,omitzero"`
	At        string           `json:"at"`
	Value     string           `json:"value,omitzero"`
	Severity  compare.Severity `json:"severity"`
	Verdict   compare.Verdict  `json:"verdict"`
	Seen      jsonSeen         `json:"seen"`
	Consumers []string         `json:"consumers"`
	Message   string           `json:"message"`
	Rule      string           `json:"rule,omitzero"`
}

type jsonSeen struct {
	For   uint64    `json:"for"`
	Of    uint64    `json:"of"`
	First time.Time `json:"first,omitzero"`
	Last  time.Time `json:"last,omitzero"`
}

type jsonSummary struct {
	Calls    uint64         `json:"calls"`
	Findings int            `json:"findings"`
	Failing  int            `json:"failing"`
	Ignored  int            `json:"ignored"`
	Kinds    map[string]int `json:"kinds"`
	Coverage *jsonCoverage  `json:"coverage,omitzero"`
}

func writeJSON(w io.Writer, r *Report, _ Options) error {
	out := jsonReport{
		Findings: []jsonFinding{},
		Summary: jsonSummary{
			Calls: r.Calls, Findings: len(r.Findings), Failing: len(r.Failing()), Ignored: r.Ignored, Kinds: map[string]int{},
		},
	}
	if r.Coverage != nil {
		out.Summary.Coverage = r.Coverage.asJSON()
	}
	for _, f := range r.Findings {
		out.Summary.Kinds[string(f.Kind)]++
		out.Findings = append(out.Findings, jsonFinding{
			Kind: f.Kind, Subject: f.Subject, Method: f.Method, Path: f.Path, Status: f.Status, At: f.At, Value: f.Value,
			Severity: f.Severity, Verdict: f.Verdict,
			Seen:      jsonSeen{f.Seen.For, f.Seen.Of, f.Seen.First, f.Seen.Last},
			Consumers: append([]string{}, f.Consumers...), Message: f.Message, Rule: f.Rule,
		})
	}
	return writeIndented(w, out)
}

func writeIndented(w io.Writer, value any) error {
	text, err := json.Marshal(value, json.Deterministic(true), jsontext.WithIndent("  "))
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// Failing returns the findings that fail the check.
func (r *Report) Failing() (out []compare.Finding) {
	for _, f := range r.Findings {
		if r.Fails != nil && r.Fails(f) {
			out = append(out, f)
		}
	}
	return out
}
