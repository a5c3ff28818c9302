// Package download offers what fits this server: the akita binary, the Heroku
// buildpack and the akita-django wheel, so that no other host is needed. Nobody has
// to log in for it.
package download

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// Config is what is offered.
type Config struct {
	// Executable is the path of this server's own binary, offered for GOOS and GOARCH.
	Executable   string
	GOOS, GOARCH string
	// Dir holds binaries for other platforms, named akita-<os>-<arch>; "": none.
	Dir string
	// Buildpack holds the Heroku buildpack's files.
	Buildpack fs.FS
	// Python holds wheels at its top level.
	Python fs.FS
	// Version is this server's, shown to people.
	Version string
	Logger  *slog.Logger
}

// Handler serves /download/ and /simple/.
type Handler struct {
	config   Config
	mux      *http.ServeMux
	binaries *binaries
	fixed    []file // of /download/ but the binaries
	wheels   []wheel
}

// New reads what is offered but the binaries in Config.Dir, which may change while
// the server runs. The caller closes the Handler.
func New(c Config) (*Handler, error) {
	binaries, err := openBinaries(c)
	if err != nil {
		return nil, err
	}
	buildpack, err := packBuildpack(c.Buildpack)
	if err != nil {
		return nil, errors.Join(err, binaries.Close())
	}
	wheels, err := readWheels(c.Python)
	if err != nil {
		return nil, errors.Join(err, binaries.Close())
	}
	h := &Handler{config: c, mux: http.NewServeMux(), binaries: binaries, fixed: []file{buildpack}, wheels: wheels}
	h.mux.HandleFunc("GET /download/{$}", h.index)
	h.mux.HandleFunc("GET /download/index.json", h.indexJSON)
	h.mux.HandleFunc("GET /download/SHA256SUMS", h.sums)
	h.mux.HandleFunc("GET /download/{name}", h.file)
	h.mux.HandleFunc("GET /simple/{$}", h.simpleIndex)
	h.mux.HandleFunc("GET /simple/{project}/{$}", h.simpleProject)
	h.mux.HandleFunc("GET /simple/{project}", h.simpleProject)
	h.mux.HandleFunc("GET /simple/{project}/{file}", h.simpleFile)
	return h, nil
}

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.mux.ServeHTTP(w, r) }

// Close lets go of the executable.
func (h *Handler) Close() error { return h.binaries.Close() }

// transferTime bounds the time for a file: even a slow line gets it whole.
const transferTime = 30 * time.Minute

// file serves a file of /download/, or its checksum under its name with .sha256.
func (h *Handler) file(w http.ResponseWriter, r *http.Request) {
	name, wantSum := strings.CutSuffix(r.PathValue("name"), ".sha256")
	files, err := h.files(r.Context())
	if err != nil {
		h.fail(w, r, err)
		return
	}
	for _, f := range files {
		if f.name != name {
			continue
		}
		if wantSum {
			h.text(w, r, f.sha256+"  "+f.name+"\n")
			return
		}
		h.send(w, r, f)
		return
	}
	http.Error(w, "There is no such file; /download/ lists what this server offers, and --download-dir adds to it.", http.StatusNotFound)
}

// files returns everything under /download/, binaries first.
func (h *Handler) files(ctx context.Context) ([]file, error) {
	binaries, err := h.binaries.list(ctx)
	if err != nil {
		return nil, err
	}
	return append(binaries, h.fixed...), nil
}

func (h *Handler) send(w http.ResponseWriter, r *http.Request, f file) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(transferTime)) // without effect where the writer has none
	content, err := f.open()
	if err != nil {
		h.fail(w, r, err)
		return
	}
	defer func() { _ = content.Close() }() // only read
	w.Header().Set("Content-Type", f.mediaType)
	w.Header().Set("ETag", `"`+f.sha256+`"`)
	w.Header().Set("Cache-Control", "no-cache") // ask again: the name stays and the content may change
	http.ServeContent(w, r, f.name, f.modified, content)
}

func (h *Handler) text(w http.ResponseWriter, r *http.Request, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(text))
}

func (h *Handler) sums(w http.ResponseWriter, r *http.Request) {
	files, err := h.files(r.Context())
	if err != nil {
		h.fail(w, r, err)
		return
	}
	var text strings.Builder
	for _, f := range files {
		text.WriteString(f.sha256 + "  " + f.name + "\n")
	}
	h.text(w, r, text.String())
}

func (h *Handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		return // the caller has gone
	}
	h.config.Logger.Error("Download failed", "path", r.URL.Path, "error", err)
	http.Error(w, "The file cannot be read now; the server's log says why.", http.StatusInternalServerError)
}
