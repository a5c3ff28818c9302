package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"akita/internal/compare"
)

// WriteCSV writes findings as a table (RFC 4180), a row each, with a row of names first.
func WriteCSV(w io.Writer, findings []compare.Finding) error {
	rows := [][]string{{
		"kind", "severity", "method", "path", "status", "at", "subject", "value", "verdict", "for", "of",
		"first_seen", "last_seen", "consumers", "rule", "message",
	}}
	for _, f := range findings {
		status := ""
		if f.Status != 0 {
			status = strconv.Itoa(f.Status)
		}
		row := []string{
			string(f.Kind), string(f.Severity), f.Method, f.Path, status, f.At, string(f.Subject), f.Value, string(f.Verdict),
			strconv.FormatUint(f.Seen.For, 10), strconv.FormatUint(f.Seen.Of, 10), timeText(f.Seen.First),
			timeText(f.Seen.Last), strings.Join(f.Consumers, " "), f.Rule, f.Message,
		}
		for i := range row {
			row[i] = inert(row[i])
		}
		rows = append(rows, row)
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// timeText returns a time as in JSON, "" for none.
func timeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// inert returns a text that no spreadsheet takes for a formula: names come from traffic.
func inert(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
