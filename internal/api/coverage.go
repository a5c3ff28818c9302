package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"akita/internal/compare"
	"akita/internal/declared"
	"akita/internal/ingest"
	"akita/internal/report"
	"akita/internal/store"
)

// getCoverage sends what production does and the tests of a project do not.
func (h *Handler) getCoverage(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	format, err := findingsFormat(query)
	if err != nil {
		return err
	}
	demanded, err := demandedCoverage(query.Get("min"), query.Get("weight"))
	if err != nil {
		return err
	}
	p, of, err := h.scope(r)
	if err != nil {
		return err
	}
	version, err := h.models.Version(r.Context(), of)
	if err != nil {
		return err
	}
	listed, testsVersion, err := h.listedTests(r.Context(), p, query.Get("tests"))
	if err != nil {
		return err
	}
	document, hash, err := h.declaredBy(r.Context(), p)
	if err != nil {
		return err
	}
	tag := entityTag(h.version, p.Name, fmt.Sprint(of), version, testsVersion, hash, r.URL.RequestURI())
	if clientHas(w, r, tag) {
		return nil
	}
	if demanded.Coverage, err = h.cover(r.Context(), p, of, listed, document); err != nil {
		return err
	}
	setEntityTag(w, tag)
	return writeFindings(w, format, &report.Report{
		Title: "API test coverage of " + p.Name, Calls: demanded.ProductionCalls, Coverage: demanded,
		Findings: slices.Concat(demanded.Untested, demanded.OnlyTests),
	})
}

// demandedCoverage reads the parameters that say how much the tests have to cover.
func demandedCoverage(minimum, weight string) (*report.Coverage, error) {
	out := &report.Coverage{Weight: report.Weight(cmp.Or(weight, string(report.ByCalls)))}
	var f fields
	if minimum != "" {
		var err error
		if out.Minimum, err = strconv.ParseFloat(minimum, 64); err != nil || !(out.Minimum >= 0 && out.Minimum <= 100) {
			f.add("min", "must be a share in percent, 0 to 100")
		}
	}
	if out.Weight != report.ByCalls && out.Weight != report.ByOperations {
		f.add("weight", "must be calls or operations")
	}
	return out, f.err()
}

// declaredBy returns the document that a project declares, nil for none, with its hash.
func (h *Handler) declaredBy(ctx context.Context, p store.Project) (*declared.Document, string, error) {
	d, err := h.declarations.Of(ctx, p.ID)
	if errors.Is(err, store.ErrNotFound) {
		return nil, "", nil
	}
	return d.Document, d.Hash, err
}

// cover compares listed tests with the calls of a scope. With a document, its paths are those of the calls.
func (h *Handler) cover(
	ctx context.Context, p store.Project, of ingest.Scope, listed []store.Tests, document *declared.Document,
) (*compare.Coverage, error) {
	tests, err := h.testsOf(ctx, p, listed)
	if err != nil {
		return nil, err
	}
	production, _, err := h.recording(ctx, of)
	if err != nil {
		return nil, err
	}
	if document != nil {
		tests, _ = tests.Named(document)
		production, _ = production.Named(document)
	}
	x, y := compare.SidesOfOneAPI(tests, production)
	return compare.Cover(x, y, document), nil
}

// untested returns what the calls of a scope do and the tests of a project do not: what has the most calls
// is first. An error is a *problem if the project has no tests.
func (h *Handler) untested(ctx context.Context, p store.Project, of ingest.Scope) ([]compare.Finding, error) {
	listed, _, err := h.listedTests(ctx, p, "")
	if err != nil {
		return nil, err
	}
	document, _, err := h.declaredBy(ctx, p)
	if err != nil {
		return nil, err
	}
	covered, err := h.cover(ctx, p, of, listed, document)
	if err != nil {
		return nil, err
	}
	return covered.Untested, nil
}
