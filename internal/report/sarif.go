package report

import (
	"io"

	"akita/internal/compare"
)

// The parts of SARIF 2.1.0 that code scanning reads.
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool    sarifTool     `json:"tool"`
	Results []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name  string      `json:"name"`
	Rules []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID               string    `json:"id"`
	ShortDescription sarifText `json:"shortDescription"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID      string            `json:"ruleId"`
	Level       string            `json:"level"`
	Message     sarifText         `json:"message"`
	Locations   []sarifLocation   `json:"locations,omitzero"`
	Fingerprint map[string]string `json:"partialFingerprints"`
}

type sarifLocation struct {
	Physical *sarifPhysical `json:"physicalLocation,omitzero"`
	Logical  []sarifLogical `json:"logicalLocations"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine int `json:"startLine"`
}

type sarifLogical struct {
	Name string `json:"fullyQualifiedName"`
}

func writeSARIF(w io.Writer, r *Report, _ Options) error {
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "akita", Rules: []sarifRule{}}}, Results: []sarifResult{}}
	known := make(map[string]bool)
	for _, f := range r.Findings {
		id := ruleID(f)
		if !known[id] {
			known[id] = true
			about := sarifText{string(f.Kind) + " " + string(f.Subject)}
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{id, about})
		}
		fails := r.Fails != nil && r.Fails(f)
		location := sarifLocation{Logical: []sarifLogical{{f.Method + " " + f.Path + " " + where(f)}}}
		if r.Document != "" {
			location.Physical = &sarifPhysical{sarifArtifact{r.Document}, sarifRegion{1}}
		}
		run.Results = append(run.Results, sarifResult{
			RuleID: id, Level: severityWord(f, fails, "error", "warning", "note"), Message: sarifText{sentence(f)},
			Locations:   []sarifLocation{location},
			Fingerprint: map[string]string{"akita/v1": id + " " + f.Method + " " + f.Path + " " + where(f) + " " + f.Value},
		})
	}
	return writeIndented(w, sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run},
	})
}

// ruleID names the rule that a finding violates: that of oasdiff, or else "undocumented/response_field".
func ruleID(f compare.Finding) string {
	if f.Rule != "" {
		return f.Rule
	}
	return string(f.Kind) + "/" + string(f.Subject)
}
