package api

import (
	"maps"
	"net/http"
	"slices"
	"time"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/ingest"
	"akita/internal/store"
	"akita/internal/toolbox"
)

// feedSpan is the default of since.
const feedSpan = 30 * day

// feedEntry is a change of an API.
type feedEntry struct {
	Hour     time.Time    `json:"hour"`
	What     facts.What   `json:"what"`
	Endpoint feedEndpoint `json:"endpoint"`
	fact
	Before  []string `json:"before,omitempty"`
	Ended   []string `json:"ended,omitempty"`
	Seen    uint64   `json:"seen"`
	Of      uint64   `json:"of"`
	Without uint64   `json:"without"`
}

type feedEndpoint struct {
	ID     string `json:"id"`
	Method string `json:"method"`
	Host   string `json:"host"`
	Path   string `json:"path"`
}

// fact says what a change or a date is of.
type fact struct {
	Kind      facts.Kind `json:"kind"`
	In        string     `json:"in,omitempty"`
	MediaType string     `json:"media_type,omitempty"`
	Name      string     `json:"name,omitempty"`
	Value     string     `json:"value,omitempty"`
}

func factOf(k facts.Key) fact {
	f := fact{Kind: k.Kind, In: k.In, MediaType: k.MediaType, Name: k.Name(), Value: k.Value}
	switch {
	case k.Kind == facts.MediaType:
		f.MediaType, f.Value = endpoints.MediaType(k.Value), ""
	case k.MediaType != "":
		f.MediaType = endpoints.MediaType(k.MediaType)
	}
	return f
}

func (h *Handler) listChanges(w http.ResponseWriter, r *http.Request) error {
	since, err := h.feedStart(r.URL.Query().Get("since"))
	if err != nil {
		return err
	}
	return h.datedView(w, r, func(dated datedEndpoints) error {
		entries := []feedEntry{}
		for _, c := range dated.changes(since) {
			entries = append(entries, entryOf(c))
		}
		return ok(w, list[feedEntry]{Items: entries})
	})
}

// feedStart reads the time since which changes are wanted; "" is the default.
func (h *Handler) feedStart(text string) (time.Time, error) {
	if text == "" {
		return h.now().Add(-feedSpan), nil
	}
	since, err := instant(text, h.now())
	if err != nil {
		var f fields
		f.add("since", err.Error())
		return since, f.err()
	}
	return since, nil
}

func entryOf(c toolbox.Change) feedEntry {
	e := c.Endpoint
	return feedEntry{
		Hour: c.Time, What: c.What, fact: factOf(c.Fact), Before: c.Before, Ended: c.Ended, Seen: c.Seen, Of: c.Of,
		Without: c.Around, Endpoint: feedEndpoint{ID: e.ID(), Method: e.Method, Host: e.Host, Path: e.Path},
	}
}

// datedFact is a fact of an endpoint with its dates.
type datedFact struct {
	fact
	FirstSeen time.Time `json:"first_seen"`
	LastSeen  time.Time `json:"last_seen"`
	Seen      uint64    `json:"seen"`
	Of        uint64    `json:"of"`
}

func (h *Handler) listFacts(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("endpoint")
	return h.datedView(w, r, func(dated datedEndpoints) error {
		wanted := dated.set.ByID(id)
		i := slices.Index(dated.endpoints, wanted)
		if wanted == nil {
			return noSuchEndpoint()
		}
		items := []datedFact{}
		if i < 0 {
			return ok(w, list[datedFact]{Items: items})
		}
		history := dated.histories[i]
		for _, k := range slices.SortedFunc(maps.Keys(history), facts.Key.Compare) {
			if k.IsAuxiliary() {
				continue
			}
			f := history[k]
			seen, of := history.Counts(k)
			items = append(items, datedFact{
				fact: factOf(k), FirstSeen: store.Hour(f.First).Time(), LastSeen: store.Hour(f.Last).Time(), Seen: seen, Of: of,
			})
		}
		return ok(w, list[datedFact]{Items: items})
	})
}

// datedEndpoints are the endpoints of a model with the history of their facts.
type datedEndpoints struct {
	set       *endpoints.Set
	endpoints []*endpoints.Endpoint
	histories []facts.History // of endpoints, in their order
	all       facts.History   // of all calls
}

// changes lists what changed from the hour of a time on, the newest first.
func (d datedEndpoints) changes(since time.Time) (found []toolbox.Change) {
	for i, changes := range facts.Changes(d.all, d.histories) {
		for _, c := range changes {
			if hour := store.Hour(c.Hour).Time(); !hour.Before(since.Truncate(time.Hour)) {
				found = append(found, toolbox.Change{Change: c, Time: hour, Endpoint: d.endpoints[i]})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b toolbox.Change) int { return b.Time.Compare(a.Time) })
	return found
}

// datedView responds with a view of dated facts, unless the client has it already.
func (h *Handler) datedView(w http.ResponseWriter, r *http.Request, respond func(datedEndpoints) error) error {
	return h.modelView(w, r, untilUpdated, func(_ store.Project, of ingest.Scope, set *endpoints.Set) error {
		operations, err := h.models.Facts(r.Context(), of)
		if err != nil {
			return err
		}
		return respond(dated(set, operations))
	})
}

// dated adds up the histories of the operations of each endpoint.
func dated(set *endpoints.Set, operations map[apimodel.OperationKey]facts.History) datedEndpoints {
	d := datedEndpoints{set: set}
	index := make(map[*endpoints.Endpoint]int)
	var all []facts.History
	for _, key := range slices.SortedFunc(maps.Keys(operations), apimodel.OperationKey.Compare) {
		history := operations[key]
		all = append(all, history)
		e := set.Match(key)
		if e == nil {
			continue
		}
		i, ok := index[e]
		if !ok {
			i = len(d.endpoints)
			index[e] = i
			d.endpoints, d.histories = append(d.endpoints, e), append(d.histories, make(facts.History))
		}
		d.histories[i].Merge(history)
	}
	d.all = facts.Total(all)
	return d
}
