package api

import (
	"net/http"
	"time"

	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/ingest"
	"akita/internal/store"
)

// listConsumers responds who calls the API.
func (h *Handler) listConsumers(w http.ResponseWriter, r *http.Request) error {
	return h.modelView(w, r, listPatience, func(_ store.Project, _ ingest.Scope, set *endpoints.Set) error {
		return ok(w, struct {
			Items []endpoints.Consumer `json:"items"`
		}{set.Consumers()})
	})
}

// consumerAnswer is the ConsumerDetail of openapi.yaml.
type consumerAnswer struct {
	endpoints.Consumer
	Operations []consumedJSON `json:"operations"`
}

// consumedJSON is what a consumer does with an endpoint.
type consumedJSON struct {
	ID            string             `json:"id"`
	Method        string             `json:"method"`
	Host          string             `json:"host"`
	Path          string             `json:"path"`
	Versions      []string           `json:"versions"`
	Requests      uint64             `json:"requests"`
	Errors        uint64             `json:"errors"`
	Statuses      map[string]uint64  `json:"statuses"`
	FirstSeen     time.Time          `json:"first_seen,omitzero"`
	LastSeen      time.Time          `json:"last_seen,omitzero"`
	Parameters    []sentParameter    `json:"parameters"`
	RequestFields []sentRequestField `json:"request_fields"`
}

type sentParameter struct {
	In   string `json:"in"`
	Name string `json:"name"`
}

type sentRequestField struct {
	MediaType string `json:"media_type"`
	Path      string `json:"path"`
}

// getConsumer responds what a consumer calls, and what it sends.
func (h *Handler) getConsumer(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("consumer")
	return h.modelView(w, r, listPatience, func(_ store.Project, _ ingest.Scope, set *endpoints.Set) error {
		for _, c := range set.Consumers() {
			if c.Name == name {
				return ok(w, consumerAnswer{c, consumed(set, name)})
			}
		}
		return &problem{code: codeConsumerNotFound,
			detail: "The model has no consumer of this name: take the name from the list of consumers."}
	})
}

func consumed(set *endpoints.Set, consumer string) []consumedJSON {
	out := []consumedJSON{}
	for e := range set.Matching(endpoints.Filter{}) {
		if e.Calls.Consumers[consumer] == nil {
			continue
		}
		one := consumedJSON{
			ID: e.ID(), Method: e.Method, Host: e.Host, Path: e.Path,
			Parameters: []sentParameter{}, RequestFields: []sentRequestField{},
		}
		for _, c := range e.Consumers() {
			if c.Name == consumer {
				one.Versions, one.Requests, one.Errors, one.Statuses = c.Versions, c.Requests, c.Errors, c.Statuses
				one.FirstSeen, one.LastSeen = c.FirstSeen, c.LastSeen
			}
		}
		for _, k := range facts.SentBy(e.Calls, consumer) {
			switch {
			case k.Kind == facts.Parameter && k.In == "header" && e.IsHabit(k.Path):
			case k.Kind == facts.Parameter:
				one.Parameters = append(one.Parameters, sentParameter{k.In, k.Path})
			case k.Kind == facts.Field, k.Kind == facts.File:
				one.RequestFields = append(one.RequestFields, sentRequestField{k.MediaType, k.Name()})
			}
		}
		out = append(out, one)
	}
	return out
}
