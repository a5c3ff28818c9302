package api

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"akita/internal/compare"
	"akita/internal/ingest"
	"akita/internal/report"
	"akita/internal/severity"
	"akita/internal/store"
)

// The sides of a comparison that a request does not name: the last day, and the seven days before it.
const (
	defaultBase     = "-8d..-1d"
	defaultRevision = "-1d.."
)

// getComparison sends what changed from one trace or range of a project to another.
func (h *Handler) getComparison(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	format, err := findingsFormat(query)
	if err != nil {
		return err
	}
	base, revision := cmp.Or(query.Get("base"), defaultBase), cmp.Or(query.Get("revision"), defaultRevision)
	var scopes [2]ingest.Scope
	for i, side := range []struct{ parameter, text string }{{"base", base}, {"revision", revision}} {
		if scopes[i], err = h.sideScope(r, p, side.parameter, side.text); err != nil {
			return err
		}
	}
	version, err := h.models.Version(r.Context(), ingest.Scope{ProjectID: p.ID})
	if err != nil {
		return err
	}
	tag := entityTag(h.version, p.Name, fmt.Sprint(scopes), version, r.URL.RequestURI())
	if clientHas(w, r, tag) {
		return nil
	}
	var sides [2]compare.Recording
	for i, of := range scopes {
		if sides[i], _, err = h.recording(r.Context(), of); err != nil {
			return err
		}
	}
	findings := compare.Diff(compare.Sides(sides[0], sides[1]))
	if err := severity.Judge(findings); err != nil {
		return err
	}
	setEntityTag(w, tag)
	return writeFindings(w, format, &report.Report{
		Title: fmt.Sprintf("API diff of %s: %s to %s", p.Name, base, revision), Findings: findings,
		Calls: sides[0].Model.Witnesses() + sides[1].Model.Witnesses(),
		Fails: isProvedBreaking,
	})
}

func isProvedBreaking(f compare.Finding) bool {
	return f.Verdict == compare.Proved && f.Severity == compare.Breaking
}

// sideScope returns the calls of a project that a parameter names: a trace, or a range.
func (h *Handler) sideScope(r *http.Request, p store.Project, parameter, text string) (of ingest.Scope, err error) {
	of.ProjectID = p.ID
	side := compare.ParseScope(text)
	if side.Tests != "" {
		var f fields
		f.add(parameter, "must be a trace or a range: tests are compared by GET .../coverage")
		return of, f.err()
	}
	of.From, of.To, err = hours(url.Values{"from": {side.From}, "to": {side.To}}, h.now())
	if wrong, ok := errors.AsType[*problem](err); ok {
		var f fields
		f.add(parameter, fmt.Sprintf("%q is not a range: %s %s", text, wrong.fields[0].Field, wrong.fields[0].Detail))
		return of, f.err()
	}
	if side.Trace != "" {
		t, err := h.trace(r, p, side.Trace)
		if err != nil {
			return of, err
		}
		of.TraceID = t.ID
	}
	return of, nil
}

// findingsTypes are the media types of the formats of findings.
var findingsTypes = map[string]string{
	"json": "application/json", "text": "text/plain; charset=utf-8", "markdown": "text/markdown; charset=utf-8",
	"sarif": "application/sarif+json", "junit": "application/xml", "github": "text/plain; charset=utf-8",
	findingsOnly: "application/vnd.akita.findings+json",
}

// jsonFormat is the usual format. findingsOnly is the same where "json" has more than findings.
const (
	jsonFormat   = "json"
	findingsOnly = "findings"
)

// csvFormat is the format in which some lists of findings can be had beside those of reports.
const csvFormat = "csv"

// findingsFormat returns the format in which a query asks for findings: one of reports, JSON unless it says
// otherwise, or one of also.
func findingsFormat(query url.Values, also ...string) (string, error) {
	format, known := cmp.Or(query.Get("format"), jsonFormat), append(report.Formats(), also...)
	if !slices.Contains(known, format) {
		var f fields
		f.add("format", "must be one of "+strings.Join(known, ", "))
		return "", f.err()
	}
	return format, nil
}

// writeFindings sends a report, or its findings as CSV.
func writeFindings(w http.ResponseWriter, format string, r *report.Report) error {
	var body bytes.Buffer
	if format == csvFormat {
		if err := report.WriteCSV(&body, r.Findings); err != nil {
			return err
		}
		return write(w, http.StatusOK, csvType, body.Bytes())
	}
	mediaType := findingsTypes[format]
	if format == findingsOnly {
		format = jsonFormat
	}
	if err := report.Write(&body, format, r, report.Options{}); err != nil {
		return err
	}
	return write(w, http.StatusOK, mediaType, body.Bytes())
}
