package download

import (
	"bytes"
	"embed"
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"time"
)

//go:embed pages/*.html
var pageFiles embed.FS

var pages = template.Must(template.ParseFS(pageFiles, "pages/*.html"))

func (h *Handler) page(w http.ResponseWriter, r *http.Request, name string, data any) {
	var body bytes.Buffer
	if err := pages.ExecuteTemplate(&body, name, data); err != nil {
		h.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body.Bytes()))
}

// offer is an item of the index.
type offer struct {
	Name   string `json:"name"`
	URL    string `json:"url"` // path on this server
	OS     string `json:"os,omitempty"`
	Arch   string `json:"arch,omitempty"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// Megabytes returns the size in megabytes.
func (o offer) Megabytes() float64 { return float64(o.Size) / 1e6 }

type offers struct {
	Version string  `json:"version"`
	Items   []offer `json:"items"`
}

func (h *Handler) offers(r *http.Request) (offers, error) {
	files, err := h.files(r.Context())
	if err != nil {
		return offers{}, err
	}
	out := offers{Version: h.config.Version}
	for _, f := range files {
		out.Items = append(out.Items, offer{f.name, "/download/" + f.name, f.os, f.arch, f.size, f.sha256})
	}
	for _, wh := range h.wheels {
		out.Items = append(out.Items, offer{Name: wh.name, URL: wh.url(), Size: wh.size, SHA256: wh.sha256})
	}
	return out, nil
}

func (w wheel) url() string { return "/simple/" + w.project + "/" + w.name }

func (h *Handler) index(w http.ResponseWriter, r *http.Request) {
	data, err := h.offers(r)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	h.page(w, r, "index.html", data)
}

func (h *Handler) indexJSON(w http.ResponseWriter, r *http.Request) {
	data, err := h.offers(r)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	body, err := json.Marshal(data)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-cache")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// simpleIndex lists the Python projects in the format of PEP 503.
func (h *Handler) simpleIndex(w http.ResponseWriter, r *http.Request) {
	var projects []string
	for _, wh := range h.wheels {
		projects = append(projects, wh.project)
	}
	slices.Sort(projects)
	h.page(w, r, "simple-index.html", slices.Compact(projects))
}

// link is a wheel on its project's page.
type link struct{ Name, URL, SHA256, RequiresPython string }

// simpleProject lists the files of a project. It redirects other spellings of the
// name to the normalized one, as PEP 503 requires.
func (h *Handler) simpleProject(w http.ResponseWriter, r *http.Request) {
	var project string
	var links []link
	for _, wh := range h.wheels {
		if wh.project == normalized(r.PathValue("project")) {
			project = wh.project
			links = append(links, link{wh.name, wh.url(), wh.sha256, wh.requiresPython})
		}
	}
	canonical := "/simple/" + project + "/"
	switch {
	case links == nil:
		http.Error(w, "There is no such package: /simple/ lists the packages of this server. "+
			"It has akita-django if the binary was built with make build.", http.StatusNotFound)
	case r.URL.Path != canonical:
		http.Redirect(w, r, canonical, http.StatusMovedPermanently)
	default:
		h.page(w, r, "simple-project.html", struct {
			Project string
			Links   []link
		}{project, links})
	}
}

func (h *Handler) simpleFile(w http.ResponseWriter, r *http.Request) {
	for _, wh := range h.wheels {
		if wh.project == normalized(r.PathValue("project")) && wh.name == r.PathValue("file") {
			h.send(w, r, wh.file)
			return
		}
	}
	http.Error(w, "There is no such file: /simple/ lists the packages of this server.", http.StatusNotFound)
}
