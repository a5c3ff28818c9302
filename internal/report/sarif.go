package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/url"
	"strings"

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
		if about := cmp.Or(r.Document, r.Of); about != "" {
			location.Physical = &sarifPhysical{sarifArtifact{reference(about)}, sarifRegion{1}}
		}
		run.Results = append(run.Results, sarifResult{
			RuleID: id, Level: severityWord(f, fails, "error", "warning", "note"), Message: sarifText{sentence(f)},
			Locations:   []sarifLocation{location},
			Fingerprint: map[string]string{lineHash: fingerprint(id, f)},
		})
	}
	return writeIndented(w, sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run},
	})
}

// lineHash is the fingerprint by which code scanning tells results apart that have one rule and one line.
const lineHash = "primaryLocationLineHash"

// fingerprint is the same for the same finding of another run.
func fingerprint(id string, f compare.Finding) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{id, f.Method, f.Path, where(f), f.Value}, "\x00")))
	return hex.EncodeToString(sum[:8]) + ":1"
}

// reference returns the name of a file as a reference of a URI.
func reference(name string) string {
	isDrive := len(name) > 2 && name[1:3] == ":/"
	switch {
	case isDrive:
		return (&url.URL{Scheme: "file", Path: "/" + name}).String()
	case strings.HasPrefix(name, "/"):
		return (&url.URL{Scheme: "file", Path: name}).String()
	}
	return (&url.URL{Path: name}).String()
}

// ruleID names the rule that a finding violates: that of oasdiff, or else "undocumented/response_field".
func ruleID(f compare.Finding) string {
	if f.Rule != "" {
		return f.Rule
	}
	return string(f.Kind) + "/" + string(f.Subject)
}

// severityWord is for formats whose severities are words of their own.
func severityWord(f compare.Finding, fails bool, failing, warning, info string) string {
	switch {
	case fails:
		return failing
	case f.Severity == compare.Info:
		return info
	}
	return warning
}
