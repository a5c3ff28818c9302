// Package declaration keeps the OpenAPI documents that projects declare. It checks what is uploaded or
// reported, and fetches those that a project names by a URL again and again.
package declaration

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"akita/internal/declared"
	"akita/internal/outbound"
	"akita/internal/store"
)

// MaxBytes bounds a document.
const MaxBytes = 16 << 20

// InvalidError means that a text is not a document that calls can be compared with, or cannot be fetched.
// Its text says why.
type InvalidError struct{ cause error }

func (e *InvalidError) Error() string { return e.cause.Error() }
func (e *InvalidError) Unwrap() error { return e.cause }

// Store keeps declarations. store.Store is one.
type Store interface {
	PutDeclaration(ctx context.Context, projectID string, d store.Declaration) error
	Declaration(ctx context.Context, projectID string) (store.Declaration, error)
	PutFetched(ctx context.Context, projectID string, d store.Declaration) error
	DeleteDeclaration(ctx context.Context, projectID string) error
	Unchecked(ctx context.Context, since time.Time) ([]string, error)
}

// Getter requests URLs. *outbound.Client is one.
type Getter interface {
	Get(ctx context.Context, url string, header http.Header, maxBytes int64) (outbound.Answer, error)
}

// Config holds the settings of a Keeper. All are required.
type Config struct {
	Store  Store
	Getter Getter
	// OnChange is called when the declaration of a project has changed. It must not block.
	OnChange func(projectID string)
	Now      func() time.Time
	Logger   *slog.Logger
}

// Keeper keeps declarations. It is safe for concurrent use.
type Keeper struct {
	config Config
	shelf  shelf
}

// New returns a Keeper.
func New(config Config) *Keeper { return &Keeper{config: config} }

// Declaration is what a project declares.
type Declaration struct {
	store.Declaration

	Document *declared.Document
	Hash     string // of the text
}

// Of returns what a project declares, or store.ErrNotFound.
func (k *Keeper) Of(ctx context.Context, projectID string) (Declaration, error) {
	stored, err := k.config.Store.Declaration(ctx, projectID)
	if err != nil {
		return Declaration{}, err
	}
	d := Declaration{Declaration: stored, Hash: hashOf(stored.Text)}
	d.Document, err = k.shelf.read(stored.Text)
	return d, err
}

// Upload makes a text the declaration of a project. By is who does that. The error may be an
// *InvalidError.
func (k *Keeper) Upload(ctx context.Context, projectID string, text []byte, by string) error {
	return k.put(ctx, projectID, store.Declaration{
		Origin: store.Uploaded, Text: text, By: by, Changed: k.now(),
	})
}

// Report keeps what the application of a project reported at a time, unless it has reported something
// else since. Generator is what made the document. The error may be an *InvalidError.
func (k *Keeper) Report(ctx context.Context, projectID string, text []byte, generator string, at time.Time) error {
	return k.put(ctx, projectID, store.Declaration{Origin: store.Reported, Text: text, By: generator, Changed: at})
}

// Follow fetches a document, and makes it the declaration of a project, which is fetched again from time
// to time. What cannot be fetched now is not kept: then the error is an *InvalidError.
func (k *Keeper) Follow(ctx context.Context, projectID, url, by string) error {
	d := store.Declaration{Origin: store.Fetched, URL: url, By: by}
	if err := outbound.Check(url); err != nil {
		return &InvalidError{err}
	}
	if err := k.fetch(ctx, &d); err != nil {
		return &InvalidError{err}
	}
	return k.put(ctx, projectID, d)
}

// Delete deletes what Of returns. It returns store.ErrNotFound if there is nothing.
func (k *Keeper) Delete(ctx context.Context, projectID string) error {
	if err := k.config.Store.DeleteDeclaration(ctx, projectID); err != nil {
		return err
	}
	k.config.OnChange(projectID)
	return nil
}

func (k *Keeper) put(ctx context.Context, projectID string, d store.Declaration) error {
	if _, err := k.shelf.read(d.Text); err != nil {
		return &InvalidError{err}
	}
	if err := k.config.Store.PutDeclaration(ctx, projectID, d); err != nil {
		return err
	}
	k.config.OnChange(projectID)
	return nil
}

// now returns the time as it is stored.
func (k *Keeper) now() time.Time { return k.config.Now().UTC().Truncate(time.Microsecond) }

// fetch requests the document of a declaration, and sets its text if that has changed.
func (k *Keeper) fetch(ctx context.Context, d *store.Declaration) error {
	d.Checked = k.now()
	header := http.Header{"Accept": {"application/yaml, application/json;q=0.9, */*;q=0.5"}}
	if d.ETag != "" {
		header.Set("If-None-Match", d.ETag)
	}
	answer, err := k.config.Getter.Get(ctx, d.URL, header, MaxBytes)
	switch {
	case err != nil:
		return err
	case answer.Status == http.StatusNotModified && d.ETag != "":
		return nil
	case answer.Status != http.StatusOK:
		return fmt.Errorf("it answers with status %d", answer.Status)
	}
	if _, err := k.shelf.read(answer.Body); err != nil {
		return fmt.Errorf("what it answers is no document: %w", err)
	}
	if hashOf(answer.Body) != hashOf(d.Text) {
		d.Text, d.Changed = answer.Body, d.Checked
	}
	d.ETag = answer.Header.Get("ETag")
	return nil
}

// refetch fetches the declaration of a project again, and records why that failed.
func (k *Keeper) refetch(ctx context.Context, projectID string) error {
	d, err := k.config.Store.Declaration(ctx, projectID)
	if err != nil || d.Origin != store.Fetched {
		return err
	}
	before := d
	fault := k.fetch(ctx, &d)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	d.Fault = ""
	if fault != nil {
		d.Fault = fault.Error()
	}
	if fault != nil && d.Fault != before.Fault {
		k.config.Logger.Warn("Cannot fetch the document of a project: its last one is kept",
			"project", projectID, "error", fault)
	}
	if err := k.config.Store.PutFetched(ctx, projectID, d); err != nil {
		return err
	}
	if !d.Changed.Equal(before.Changed) || d.Fault != before.Fault {
		k.config.OnChange(projectID)
	}
	return nil
}

func hashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

// isGone reports whether a declaration was deleted or replaced meanwhile.
func isGone(err error) bool { return errors.Is(err, store.ErrNotFound) }
