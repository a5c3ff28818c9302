package posture

import (
	"maps"
	"slices"
	"strconv"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/jsonschema"
	"akita/internal/sensitive"
	"akita/internal/shape"
)

// Place is where an operation carries sensitive data.
type Place struct {
	compare.Fact // Value is the kind of data

	Data sensitive.Data
	Seen compare.Seen // For are the values that are sensitive, Of those that were possible
	// isOnce reports whether a call has at most one such value.
	isOnce bool
	key    facts.Key // that dates the place
}

// isGrave reports whether the data do harm to whoever they are about as soon as others know them.
func (p *Place) isGrave() bool { return p.Data.Kind != "" && sensitive.Rank(p.Data.Kind) <= lastGrave }

// isRequest reports whether clients send the data.
func (p *Place) isRequest() bool { return p.Status == 0 }

// places collects the places of an endpoint.
type places struct {
	endpoint *endpoints.Endpoint
	found    []Place
}

// placesOf returns the places of an endpoint that carry sensitive data.
func placesOf(e *endpoints.Endpoint) []Place {
	c := places{endpoint: e}
	c.parameters()
	c.bodies(facts.Request, 0, e.Calls.Request().Bodies)
	for _, status := range slices.Sorted(maps.Keys(e.Calls.Responses)) {
		r := e.Calls.Responses[status]
		if status == 0 { // without an answer
			continue
		}
		c.headers(status, r)
		c.bodies(strconv.Itoa(status), status, r.Bodies)
	}
	return c.found
}

// add adds a place if its values, of so many possible ones, are sensitive.
func (c *places) add(p Place, name, above string, s *shape.Shape, of uint64) {
	data, ok := sensitive.Of(name, above, s)
	if !ok {
		return
	}
	p.Data, p.Fact.Value = data, data.Kind
	p.Method, p.Path = c.endpoint.Method, c.endpoint.Path
	p.Seen = compare.Seen{For: data.Seen, Of: max(of, data.Seen)}
	c.found = append(c.found, p)
}

func (c *places) parameters() {
	for _, p := range c.endpoint.Parameters(jsonschema.Config{Plain: true}) {
		at := Place{
			Fact: compare.Fact{Subject: compare.Parameter, At: p.In + "." + p.Name},
			key:  facts.Key{Kind: facts.Parameter, In: p.In, Path: p.Name},
		}
		c.add(at, p.Name, "", p.Values(), p.Of)
	}
}

func (c *places) headers(status int, r *apimodel.Response) {
	for _, name := range slices.Sorted(maps.Keys(r.Headers.ByName)) {
		at := Place{
			Fact:   compare.Fact{Subject: compare.Header, Status: status, At: "response.header." + name},
			isOnce: true,
			key:    facts.Key{Kind: facts.Header, In: strconv.Itoa(status), Path: name},
		}
		c.add(at, name, "", r.Headers.ByName[name].Shape, r.Count)
	}
}

// bodies adds the fields of the bodies of requests, or of the answers of a status.
func (c *places) bodies(in string, status int, of map[string]*apimodel.Body) {
	at := Place{Fact: compare.Fact{Subject: compare.ResponseField, Status: status, At: "response.body"}, isOnce: true}
	if status == 0 {
		at.Fact = compare.Fact{Subject: compare.RequestField, At: "request.body"}
	}
	for _, mediaType := range slices.Sorted(maps.Keys(of)) {
		at.key = facts.Key{Kind: facts.MediaType, In: in, MediaType: mediaType}
		if s := endpoints.Bodies(mediaType, of[mediaType]).Shape; s != nil {
			c.value(at, "", "", s, of[mediaType].Count)
		}
	}
}

// value adds a value of a body and what is below it. Values under keys that are data are judged by their
// formats only: the name may be one that was withheld.
func (c *places) value(at Place, name, above string, s *shape.Shape, of uint64) {
	c.add(at, name, above, s, of)
	if s.Items != nil {
		items := at
		items.At += "[]"
		items.key = at.key.Elements()
		items.isOnce = false
		c.value(items, name, above, s.Items, s.Items.Count())
	}
	if s.Object == nil {
		return
	}
	for _, f := range s.Object.Fields {
		field := at
		field.At += "." + f.Name
		field.key = at.key.Below(f.Name)
		c.value(field, f.Name, name, f.Shape, s.Objs)
	}
	if values := s.Object.Values; values != nil {
		entries := at
		entries.At += ".*"
		entries.key = at.key.Below("*")
		entries.isOnce = false
		c.value(entries, "", "", values, values.Count())
	}
}
