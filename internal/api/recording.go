package api

import (
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"strings"

	"akita/internal/compare"
	"akita/internal/ingest"
)

// getRecording sends what the calls of a scope show, unless the client has it already.
func (h *Handler) getRecording(w http.ResponseWriter, r *http.Request) error {
	project, of, err := h.scope(r)
	if err != nil {
		return err
	}
	version, err := h.models.Version(r.Context(), of)
	if err != nil {
		return err
	}
	tagOf := func(version string) string {
		return entityTag(h.version, project.Name, fmt.Sprint(of), version, r.URL.RequestURI())
	}
	if clientHas(w, r, tagOf(version)) {
		return nil
	}
	recorded, version, err := h.recording(r.Context(), of)
	if err != nil {
		return err
	}
	body, err := recorded.MarshalBinary()
	if err != nil {
		return fmt.Errorf("encode recording: %w", err)
	}
	setEntityTag(w, tagOf(version))
	return writeCompressed(w, r, "application/octet-stream", body)
}

// recording returns what the calls of a scope show, with the version of the model.
func (h *Handler) recording(ctx context.Context, of ingest.Scope) (r compare.Recording, version string, err error) {
	if r.Model, version, err = h.models.Model(ctx, of); err != nil {
		return r, "", err
	}
	r.Dates, err = h.models.Dates(ctx, of)
	return r, version, err
}

// writeCompressed sends a response, compressed if the client accepts that.
func writeCompressed(w http.ResponseWriter, r *http.Request, mediaType string, body []byte) error {
	w.Header().Add("Vary", "Accept-Encoding")
	if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		return write(w, http.StatusOK, mediaType, body)
	}
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Encoding", "gzip")
	out, _ := gzip.NewWriterLevel(w, gzip.BestSpeed) // the level is valid
	_, _ = out.Write(body)                           // it fails only if the client has disconnected
	_ = out.Close()
	return nil
}
