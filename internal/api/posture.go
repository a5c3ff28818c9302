package api

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"akita/internal/endpoints"
	"akita/internal/ingest"
	"akita/internal/posture"
	"akita/internal/report"
	"akita/internal/store"
)

// getPosture sends what a project's API risks.
func (h *Handler) getPosture(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	format, err := findingsFormat(query, csvFormat)
	if err != nil {
		return err
	}
	since, err := h.sinceIn(query)
	if err != nil {
		return err
	}
	beside := fmt.Sprint(since.Unix())
	return h.taggedView(w, r, untilUpdated, beside, func(p store.Project, of ingest.Scope, set *endpoints.Set) error {
		dates, err := h.models.Dates(r.Context(), of)
		if err != nil {
			return err
		}
		findings := posture.Of(set, dates)
		if !since.IsZero() {
			findings = posture.Since(findings, since)
		}
		return writeFindings(w, format, &report.Report{
			Title: "API posture of " + p.Name, Findings: findings, Calls: set.Witnesses(), Fails: isProvedBreaking,
		})
	})
}

// sinceIn returns the time since which a query wants something, to the hour; zero for always.
func (h *Handler) sinceIn(query url.Values) (time.Time, error) {
	if query.Get("since") == "" {
		return time.Time{}, nil
	}
	since, err := h.feedStart(query.Get("since"))
	return since.Truncate(time.Hour), err
}
