package api

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"akita/internal/endpoints"
	"akita/internal/ingest"
	"akita/internal/report"
	"akita/internal/routelist"
	"akita/internal/routeuse"
	"akita/internal/store"
)

// putRoutes keeps the routes that an application has reported to a daemon. A daemon may send them again.
func (h *Handler) putRoutes(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	reported, err := h.reportedIn(r.URL.Query())
	if err != nil {
		return err
	}
	body, err := readJSON(w, r, routelist.MaxBytes)
	if err != nil {
		return err
	}
	list, err := routelist.Decode(body)
	switch {
	case errors.Is(err, routelist.ErrTooLarge):
		return &problem{code: codeTooLarge, detail: "The routes were refused: " + err.Error() + "."}
	case err != nil:
		return &problem{code: codeInvalidRequest, detail: "The routes were refused: " + err.Error() + "."}
	}
	encoded, err := list.Encode()
	if err != nil {
		return err
	}
	err = h.store.PutRoutes(r.Context(), p.ID, store.RouteList{Reported: reported, List: encoded})
	if errors.Is(err, store.ErrNotFound) {
		return projectNotFound(p.Name)
	}
	if err != nil {
		return err
	}
	return ok(w, struct {
		Routes int `json:"routes"`
	}{len(list.Routes)})
}

// reportedIn returns the time at which an application has reported something to a daemon.
func (h *Handler) reportedIn(query url.Values) (time.Time, error) {
	reported, err := time.Parse(time.RFC3339Nano, query.Get("reported"))
	if err != nil {
		var f fields
		f.add("reported", "must be a time such as 2026-01-31T12:00:00Z")
		return reported, f.err()
	}
	if now := h.now(); reported.After(now) { // the daemon's clock is fast: a later report must win
		reported = now
	}
	return reported.UTC(), nil
}

// routesAnswer is the RouteUses of openapi.yaml.
type routesAnswer struct {
	Reported time.Time              `json:"reported,omitzero"`
	Complete bool                   `json:"complete"`
	Items    []routeJSON            `json:"items"`
	Summary  map[routeuse.State]int `json:"summary"`
}

// routeConsumer is who called a route.
type routeConsumer struct {
	Name     string    `json:"name"`
	Calls    uint64    `json:"calls"`
	LastHour time.Time `json:"last_hour,omitzero"` // the start of it
}

type routeJSON struct {
	Method     string         `json:"method"`
	Path       string         `json:"path"`
	View       string         `json:"view,omitempty"`
	Host       string         `json:"host,omitempty"`
	State      routeuse.State `json:"state"`
	Calls      uint64         `json:"calls"`
	Deprecated uint64         `json:"deprecated"`
	FirstCall  time.Time      `json:"first_call,omitzero"`
	LastCall   time.Time      `json:"last_call,omitzero"`
	Last2xx    time.Time      `json:"last_2xx,omitzero"`
	// Consumers are who called it, the most frequent first.
	Consumers []routeConsumer `json:"consumers,omitempty"`
}

// listRoutes responds how the routes of the project's application are used, as JSON or CSV.
func (h *Handler) listRoutes(w http.ResponseWriter, r *http.Request) error {
	states, format, err := routesQuery(r)
	if err != nil {
		return err
	}
	p, err := h.project(r)
	if err != nil {
		return err
	}
	list, reported, err := h.routesOf(r.Context(), p)
	known := !errors.Is(err, store.ErrNotFound)
	if err != nil && known {
		return err
	}
	w.Header().Set("Vary", "Accept")
	beside := fmt.Sprint(reported.at.UnixMicro(), reported.hash, format)
	return h.taggedView(w, r, untilUpdated, beside, func(p store.Project, _ ingest.Scope, set *endpoints.Set) error {
		var uses []routeuse.Use
		if known {
			uses = routeuse.Of(list, set)
		}
		answer := newRoutesAnswer(uses, states)
		answer.Reported, answer.Complete = reported.at, known && !list.Truncated
		switch format {
		case jsonFormat:
			return ok(w, answer)
		case csvFormat:
			return answer.writeCSV(w, p.Name)
		}
		return writeFindings(w, format, &report.Report{
			Title: "API routes of " + p.Name, Calls: set.Witnesses(), Fails: isProvedBreaking,
			Findings: routeuse.Findings(chosenUses(uses, states), set.Witnesses()),
		})
	})
}

// reportedRoutes says which list of routes it is.
type reportedRoutes struct {
	at   time.Time
	hash string
}

// routesOf returns the routes that the application of a project has reported last. The error is
// store.ErrNotFound if there are none.
func (h *Handler) routesOf(ctx context.Context, p store.Project) (routelist.List, reportedRoutes, error) {
	stored, err := h.store.Routes(ctx, p.ID)
	if err != nil {
		return routelist.List{}, reportedRoutes{}, err
	}
	list, err := routelist.Decode(stored.List)
	if err != nil {
		return list, reportedRoutes{}, fmt.Errorf("stored routes of %s: %w", p.ID, err)
	}
	return list, reportedRoutes{stored.Reported, routelist.Hash(stored.List)}, nil
}

// chosenUses returns the uses in any of the states, or all of them.
func chosenUses(uses []routeuse.Use, states []routeuse.State) (chosen []routeuse.Use) {
	for _, u := range uses {
		if len(states) == 0 || slices.Contains(states, u.State) {
			chosen = append(chosen, u)
		}
	}
	return chosen
}

// routesQuery returns the states and the format that a request asks for.
func routesQuery(r *http.Request) (states []routeuse.State, format string, err error) {
	query := r.URL.Query()
	var f fields
	for _, text := range query["state"] {
		state := routeuse.State(text)
		if !slices.Contains(routeuse.States(), state) {
			f.add("state", fmt.Sprintf("must be one of %v", routeuse.States()))
		}
		states = append(states, state)
	}
	if err := f.err(); err != nil {
		return nil, "", err
	}
	if !query.Has("format") && accepts(r, csvType) {
		return states, csvFormat, nil
	}
	format, err = findingsFormat(query, csvFormat, findingsOnly)
	return states, format, err
}

const csvType = "text/csv"

// accepts reports whether a request names a media type in Accept before any other that is served.
func accepts(r *http.Request, mediaType string) bool {
	for _, value := range r.Header.Values("Accept") {
		for one := range strings.SplitSeq(value, ",") {
			name, _, err := mime.ParseMediaType(one)
			if err == nil && (name == mediaType || name == "application/json" || name == "*/*") {
				return name == mediaType
			}
		}
	}
	return false
}

// newRoutesAnswer returns the answer for the uses in any of the states, or all of them, and counts all.
func newRoutesAnswer(uses []routeuse.Use, states []routeuse.State) *routesAnswer {
	a := &routesAnswer{Items: []routeJSON{}, Summary: make(map[routeuse.State]int)}
	for i := range uses {
		a.Summary[uses[i].State]++
	}
	for _, u := range chosenUses(uses, states) {
		item := routeJSON{
			Method: u.Method, Path: u.Path, View: u.View, Host: u.Host, State: u.State, Calls: u.Calls,
			Deprecated: u.Deprecated, FirstCall: u.Period.First.UTC(), LastCall: u.Period.Last.UTC(), Last2xx: u.Last2xx.UTC(),
		}
		for _, c := range u.Consumers {
			item.Consumers = append(item.Consumers, routeConsumer{c.Name, c.Calls, c.Last})
		}
		a.Items = append(a.Items, item)
	}
	return a
}

// writeCSV responds with the items as a table (RFC 4180).
func (a *routesAnswer) writeCSV(w http.ResponseWriter, project string) error {
	rows := [][]string{{
		"method", "path", "view", "host", "state", "calls", "deprecated", "first_call", "last_call", "last_2xx",
		"consumers",
	}}
	for _, item := range a.Items {
		rows = append(rows, []string{
			item.Method, item.Path, item.View, item.Host, string(item.State), strconv.FormatUint(item.Calls, 10),
			strconv.FormatUint(item.Deprecated, 10), timeText(item.FirstCall), timeText(item.LastCall), timeText(item.Last2xx),
			item.consumers(),
		})
	}
	return download(w, csvType, project+".routes.csv", func(out io.Writer) error {
		return csv.NewWriter(out).WriteAll(rows)
	})
}

// consumers lists who called the route: "mobile-app (12) curl (3)".
func (r routeJSON) consumers() string {
	parts := make([]string, len(r.Consumers))
	for i, c := range r.Consumers {
		parts[i] = fmt.Sprintf("%s (%d)", c.Name, c.Calls)
	}
	return strings.Join(parts, " ")
}

// timeText returns a time as in JSON, "" for none.
func timeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}
