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

// page is a file of the console, ready to be sent.
type page struct {
	mediaType string
	etag      string
	plain     []byte
	gzipped   []byte // nil where that is not smaller
}

// Handler serves the console: a page application, whose index.html stands for each
// path that is no file.
type Handler struct {
	pages map[string]page // by path, with a leading slash
	index page
}

// New reads the console's files. Where there is no index.html, a page that says how
// to build the console stands for all of them.
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
	if errors.Join(writing, w.Close()) != nil { // writing to memory does not fail
		return content
	}
	return out.Bytes()
}

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "This path takes GET and HEAD only.", http.StatusMethodNotAllowed)
		return
	}
	p, isFile := h.pages[r.URL.Path]
	isAsset := strings.HasPrefix(r.URL.Path, "/assets/")
	switch {
	case isFile && isAsset: // its name holds the hash of its content
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	case isAsset:
		http.Error(w, "There is no such file; load the console again.", http.StatusNotFound)
		return
	case !isFile:
		p = h.index
		fallthrough
	default:
		w.Header().Set("Cache-Control", "no-cache") // ask again each time, by ETag
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

// acceptsGzip reports whether the caller names gzip as browsers do.
func acceptsGzip(r *http.Request) bool {
	encodings := strings.Split(r.Header.Get("Accept-Encoding"), ",")
	return slices.ContainsFunc(encodings, func(encoding string) bool { return strings.TrimSpace(encoding) == "gzip" })
}
