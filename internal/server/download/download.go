// Package download serves the files that match this server: akita binaries, the
// Heroku buildpack and the akita-django wheel. No login is necessary.
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

// Config holds the settings of a Handler. All fields but Dir are required.
type Config struct {
	// Executable is the path of the server's own binary, offered for GOOS and GOARCH.
	Executable   string
	GOOS, GOARCH string
	// Dir has binaries for other platforms, named akita-<os>-<arch>.
	Dir string
	// Buildpack has the files of the Heroku buildpack.
	Buildpack fs.FS
	// Python has wheels at its top level.
	Python  fs.FS
	Version string // of the server, for display
	Logger  *slog.Logger
}

// Handler serves /download/ and /simple/.
type Handler struct {
	config   Config
	mux      *http.ServeMux
	binaries *binaries
	fixed    []file // the other files of /download/
	wheels   []wheel
}

// New returns a Handler. It reads all files, except those in Config.Dir, which may
// change while the server runs. The caller must close the Handler.
func New(config Config) (*Handler, error) {
	binaries, err := openBinaries(config)
	if err != nil {
		return nil, err
	}
	buildpack, err := packBuildpack(config.Buildpack)
	if err != nil {
		return nil, errors.Join(err, binaries.Close())
	}
	wheels, err := readWheels(config.Python)
	if err != nil {
		return nil, errors.Join(err, binaries.Close())
	}
	h := &Handler{
		config: config, mux: http.NewServeMux(), binaries: binaries, fixed: []file{buildpack}, wheels: wheels,
	}
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

// Close closes the running executable.
func (h *Handler) Close() error { return h.binaries.Close() }

// transferTime limits the time to send a file, also over a slow connection.
const transferTime = 30 * time.Minute

// file serves a file of /download/, or its checksum if the name ends with .sha256.
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
	http.Error(w, "There is no such file: /download/ lists the files of this server. "+
		"To add binaries for other platforms, use --download-dir.", http.StatusNotFound)
}

// files returns all files of /download/, binaries first.
func (h *Handler) files(ctx context.Context) ([]file, error) {
	binaries, err := h.binaries.list(ctx)
	if err != nil {
		return nil, err
	}
	return append(binaries, h.fixed...), nil
}

func (h *Handler) send(w http.ResponseWriter, r *http.Request, f file) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(transferTime)) // fails if w has no deadlines
	content, err := f.open()
	if err != nil {
		h.fail(w, r, err)
		return
	}
	defer func() { _ = content.Close() }() // read-only
	w.Header().Set("Content-Type", f.mediaType)
	w.Header().Set("ETag", `"`+f.sha256+`"`)
	w.Header().Set("Cache-Control", "no-cache") // revalidate: the content may change under the same name
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
		return // the client has disconnected
	}
	h.config.Logger.Error("Download failed", "path", r.URL.Path, "error", err)
	http.Error(w, "The file cannot be read: the server's log has the cause.", http.StatusInternalServerError)
}
