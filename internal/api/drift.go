package api

import (
	"context"
	"fmt"
	"net/http"

	"akita/internal/compare"
	"akita/internal/declaration"
	"akita/internal/ingest"
	"akita/internal/report"
	"akita/internal/store"
)

// getDrift sends how the calls of a scope differ from what the project declares.
func (h *Handler) getDrift(w http.ResponseWriter, r *http.Request) error {
	format, err := findingsFormat(r.URL.Query())
	if err != nil {
		return err
	}
	p, of, err := h.scope(r)
	if err != nil {
		return err
	}
	declares, err := h.declarationOf(r.Context(), p)
	if err != nil {
		return err
	}
	version, err := h.models.Version(r.Context(), of)
	if err != nil {
		return err
	}
	tag := entityTag(h.version, p.Name, fmt.Sprint(of), version, declares.Hash, r.URL.RequestURI())
	if clientHas(w, r, tag) {
		return nil
	}
	found, err := h.compareWith(r.Context(), declares, of)
	if err != nil {
		return err
	}
	setEntityTag(w, tag)
	return writeFindings(w, format, &report.Report{
		Title: "API drift: " + p.Name, Document: declaredName(p), Findings: found.findings, Calls: found.calls,
		Fails: func(f compare.Finding) bool { return f.Kind != compare.Unseen },
	})
}

// declaredName is the name of the file with the document that a project declares.
func declaredName(p store.Project) string { return p.Name + ".openapi" }

// drifted is how calls differ from a document.
type drifted struct {
	findings []compare.Finding
	calls    uint64
	matched  uint64 // calls that have a path of the document
}

// drift returns how the calls of a scope differ from what their project declares. The error is
// store.ErrNotFound if that is nothing.
func (h *Handler) drift(ctx context.Context, of ingest.Scope) (drifted, error) {
	declares, err := h.declarations.Of(ctx, of.ProjectID)
	if err != nil {
		return drifted{}, err
	}
	return h.compareWith(ctx, declares, of)
}

// compareWith returns how the calls of a scope differ from a declaration.
func (h *Handler) compareWith(ctx context.Context, d declaration.Declaration, of ingest.Scope) (drifted, error) {
	recorded, _, err := h.recording(ctx, of)
	if err != nil {
		return drifted{}, err
	}
	named, matched := recorded.Named(d.Document)
	traffic, set := named.Traffic()
	return drifted{compare.Drift(d.Document, traffic), set.Witnesses(), matched}, nil
}
