package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"akita/internal/declaration"
	"akita/internal/declared"
	"akita/internal/outbound"
	"akita/internal/store"
)

// Declarations keeps the documents that projects declare. *declaration.Keeper implements it.
type Declarations interface {
	Of(ctx context.Context, projectID string) (declaration.Declaration, error)
	Upload(ctx context.Context, projectID string, text []byte, by string) error
	Follow(ctx context.Context, projectID, url, by string) error
	Report(ctx context.Context, projectID string, text []byte, generator string, at time.Time) error
	Delete(ctx context.Context, projectID string) error
}

// DeclarationChanged notifies event streams that the declaration of a project has changed.
func (h *Handler) DeclarationChanged(projectID string) {
	h.changes.notify(projectID, declarationChanged)
}

// declarationJSON is the Declaration of openapi.yaml.
type declarationJSON struct {
	Origin     store.Origin `json:"origin"`
	OpenAPI    string       `json:"openapi"`
	Title      string       `json:"title"`
	Operations int          `json:"operations"`
	Bytes      int          `json:"bytes"`
	Hash       string       `json:"hash"`
	Changed    time.Time    `json:"changed"`
	By         string       `json:"by"`
	URL        string       `json:"url,omitempty"`
	Checked    time.Time    `json:"checked,omitzero"`
	Error      string       `json:"error,omitempty"`
}

func (h *Handler) getDeclaration(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	return h.writeDeclaration(w, r, p)
}

func (h *Handler) writeDeclaration(w http.ResponseWriter, r *http.Request, p store.Project) error {
	d, err := h.declarationOf(r.Context(), p)
	if err != nil {
		return err
	}
	out := declarationJSON{
		Origin: d.Origin, OpenAPI: d.Document.Version, Operations: len(d.Document.Operations()),
		Bytes: len(d.Text), Hash: d.Hash, Changed: d.Changed, By: d.By, URL: d.URL, Error: d.Fault,
	}
	if d.Origin == store.Fetched {
		out.Checked = d.Checked
	}
	if info := d.Document.Spec().Info; info != nil {
		out.Title = info.Title
	}
	return ok(w, out)
}

// declarationOf returns what a project declares, or a problem if that is nothing.
func (h *Handler) declarationOf(ctx context.Context, p store.Project) (declaration.Declaration, error) {
	d, err := h.declarations.Of(ctx, p.ID)
	if errors.Is(err, store.ErrNotFound) {
		return d, noDeclaration(p)
	}
	return d, err
}

func noDeclaration(p store.Project) error {
	return &problem{code: codeDeclarationNotFound, detail: fmt.Sprintf(
		"The project %q declares no document: run \"akita declare openapi.yaml --project %s\", "+
			"or let its application report one.",
		p.Name, p.Name)}
}

// getDeclared sends the document that a project declares.
func (h *Handler) getDeclared(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	d, err := h.declarationOf(r.Context(), p)
	if err != nil {
		return err
	}
	mediaType, ending := "application/yaml", "yaml"
	if bytes.HasPrefix(bytes.TrimSpace(d.Text), []byte("{")) {
		mediaType, ending = "application/json", "json"
	}
	tag := entityTag(d.Hash)
	if clientHas(w, r, tag) {
		return nil
	}
	setEntityTag(w, tag)
	return download(w, mediaType, p.Name+".declared."+ending, func(out io.Writer) error {
		_, err := out.Write(d.Text)
		return err
	})
}

// declaredTypes are the media types of documents.
var declaredTypes = []string{
	"application/yaml", "application/json", "application/x-yaml", "text/yaml", "application/openapi+yaml",
	"application/openapi+json", "application/vnd.oai.openapi", "application/vnd.oai.openapi+json",
}

// putDeclaration makes the document in the body, or at a URL, what the project declares.
func (h *Handler) putDeclaration(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	by := callerOf(r).String()
	if url := r.URL.Query().Get("url"); url != "" {
		err = h.declarations.Follow(r.Context(), p.ID, url, by)
		if errors.Is(err, outbound.ErrAddress) {
			var f fields
			f.add("url", outbound.ErrAddress.Error())
			return f.err()
		}
	} else {
		var text []byte
		if text, err = readBody(w, r, declaration.MaxBytes, declaredTypes...); err != nil {
			return err
		}
		err = h.declarations.Upload(r.Context(), p.ID, text, by)
	}
	if err := refusedDocument(err, p); err != nil {
		return err
	}
	return h.writeDeclaration(w, r, p)
}

// refusedDocument returns the problem for an error of Declarations.
func refusedDocument(err error, p store.Project) error {
	if invalid, ok := errors.AsType[*declaration.InvalidError](err); ok {
		return &problem{code: codeInvalidRequest, detail: "The document is refused: " + invalid.Error() + "."}
	}
	if errors.Is(err, store.ErrNotFound) {
		return projectNotFound(p.Name)
	}
	return err
}

func (h *Handler) deleteDeclaration(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	err = h.declarations.Delete(r.Context(), p.ID)
	if errors.Is(err, store.ErrNotFound) {
		return noDeclaration(p)
	}
	if err != nil {
		return err
	}
	return noContent(w)
}

// maxGenerator bounds the name of what generated a document, in bytes.
const maxGenerator = 100

// reportDeclaration keeps the document that an application has reported to a daemon. A daemon may send it
// again.
func (h *Handler) reportDeclaration(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	reported, err := h.reportedIn(query)
	if err != nil {
		return err
	}
	generator := query.Get("generator")
	if len(generator) > maxGenerator || strings.ContainsFunc(generator, func(c rune) bool {
		return !unicode.IsPrint(c) || c == utf8.RuneError
	}) {
		var f fields
		f.add("generator", fmt.Sprintf("must have at most %d printable characters", maxGenerator))
		return f.err()
	}
	text, err := readJSON(w, r, declared.MaxOutline)
	if err != nil {
		return err
	}
	if err := refusedDocument(h.declarations.Report(r.Context(), p.ID, text, generator, reported), p); err != nil {
		return err
	}
	return ok(w, struct {
		Bytes int `json:"bytes"`
	}{len(text)})
}
