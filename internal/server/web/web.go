// Package web serves the console's built files.
package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

//go:embed absent.html
var absent embed.FS

// page is a file of the console in the form in which it is sent.
type page struct {
	mediaType string
	etag      string
	plain     []byte
	gzipped   []byte // nil if it is not smaller
}

// Handler serves the console, a single-page application: a path without a file
// gets index.html.
type Handler struct {
	pages map[string]page // by path, with a leading slash
	index page
}

// New reads the console's files. If there is no index.html, it serves a page that
// explains how to build the console.
func New(dist fs.FS) (*Handler, error) {
	h := &Handler{pages: make(map[string]page)}
	err := fs.WalkDir(dist, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return err
		}
		content, err := fs.ReadFile(dist, name)
		if err != nil {
			return err
		}
		h.pages["/"+name] = newPage(name, content)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read console: %w", err)
	}
	index, ok := h.pages["/index.html"]
	if !ok {
		content, err := absent.ReadFile("absent.html")
		if err != nil {
			return nil, fmt.Errorf("read console: %w", err)
		}
		index = newPage("index.html", content)
	}
	h.index = index
	return h, nil
}

func newPage(name string, content []byte) page {
	mediaType := mime.TypeByExtension(path.Ext(name))
	if mediaType == "" {
		mediaType = "application/octet-stream"
	}
	sum := sha256.Sum256(content)
	p := page{mediaType: mediaType, etag: base64.RawURLEncoding.EncodeToString(sum[:18]), plain: content}
	if zipped := compress(content); len(zipped) < len(content) {
		p.gzipped = zipped
	}
	return p
}

func compress(content []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, writing := w.Write(content)
	if errors.Join(writing, w.Close()) != nil { // does not happen: a bytes.Buffer returns no errors
		return content
	}
	return out.Bytes()
}

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "This path accepts GET and HEAD only.", http.StatusMethodNotAllowed)
		return
	}
	p, isFile := h.pages[r.URL.Path]
	isAsset := strings.HasPrefix(r.URL.Path, "/assets/")
	switch {
	case isFile && isAsset: // its name contains a hash of its content
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	case isAsset:
		http.Error(w, "There is no such file: reload the console.", http.StatusNotFound)
		return
	case !isFile:
		p = h.index
		fallthrough
	default:
		w.Header().Set("Cache-Control", "no-cache") // revalidate each time, with the ETag
	}
	p.send(w, r)
}

func (p page) send(w http.ResponseWriter, r *http.Request) {
	content, etag := p.plain, p.etag
	if p.gzipped != nil {
		w.Header().Add("Vary", "Accept-Encoding")
		if acceptsGzip(r) {
			w.Header().Set("Content-Encoding", "gzip")
			content, etag = p.gzipped, p.etag+"-gzip"
		}
	}
	w.Header().Set("Content-Type", p.mediaType)
	w.Header().Set("ETag", `"`+etag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// acceptsGzip reports whether Accept-Encoding has gzip without parameters, as
// browsers send it.
func acceptsGzip(r *http.Request) bool {
	encodings := strings.Split(r.Header.Get("Accept-Encoding"), ",")
	return slices.ContainsFunc(encodings, func(encoding string) bool { return strings.TrimSpace(encoding) == "gzip" })
}
