package factstest

import (
	"slices"

	"akita/internal/facts"
	"akita/internal/format"
	"akita/internal/shape"
	"akita/internal/witness"
)

// oracle says which calls show each entry that is expected, by the entry. It reads the drawn calls and
// knows nothing of how facts are found. An entry that says that something has ended has the hour of the
// last call that shows it, the others that of the first one.
var oracle = map[string]func(w *witness.Witness) bool{
	"appeared operation":             func(*witness.Witness) bool { return true },
	"gone operation":                 func(*witness.Witness) bool { return true },
	"appeared field 200 added":       answers("added", anything),
	"gone field 200 [].color":        answers("color", anything),
	"appeared status 429":            func(w *witness.Witness) bool { return w.Status == 429 },
	"changed type 200 id string":     answers("id", func(s *shape.Shape) bool { return s.Strs > 0 }),
	"nullable type 200 [].name null": answers("name", isNull),
	"changed auth api_key": func(w *witness.Witness) bool {
		return w.Status < 400 && w.Auth[0].Type == witness.AuthAPIKey
	},
	"appeared parameter query limit":   asksFor("limit"),
	"optional field 200 [].name":       lacks("name"),
	"changed format 200 key date":      answers("key", func(s *shape.Shape) bool { return s.Formats.Of(format.Date) > 0 }),
	"appeared streaming 200":           func(w *witness.Witness) bool { return w.Status == 200 && w.Streamed },
	"gone parameter query page":        asksFor("page"),
	"gone status 409":                  func(w *witness.Witness) bool { return w.Status == 409 },
	"appeared field request tag":       sends("tag"),
	"gone field request count":         sends("count"),
	"required field 200 note":          lacks("note"),
	"not_nullable type 200 owner null": answers("owner", isNull),
	"appeared field 200 address.state": answers("address", func(s *shape.Shape) bool {
		return s.Object != nil && s.Object.Fields.Get("state") != nil
	}),
	"changed media_type 200 " + vendor: func(w *witness.Witness) bool { return w.Response.MediaType == vendor },
}

// vendor is the media type that one endpoint changes to.
const vendor = "application/vnd.things+json"

func anything(*shape.Shape) bool { return true }
func isNull(s *shape.Shape) bool { return s.Nulls > 0 }

// answers reports whether a call has a field in the objects of its answer that is so.
func answers(name string, is func(*shape.Shape) bool) func(*witness.Witness) bool {
	return func(w *witness.Witness) bool {
		of := answered(w)
		if of == nil || of.Object == nil {
			return false
		}
		field := of.Object.Fields.Get(name)
		return field != nil && is(field)
	}
}

// lacks reports whether an object in the answer of a call is without a field.
func lacks(name string) func(*witness.Witness) bool {
	return func(w *witness.Witness) bool {
		of := answered(w)
		if of == nil || of.Objs == 0 {
			return false
		}
		var field *shape.Shape
		if of.Object != nil {
			field = of.Object.Fields.Get(name)
		}
		return field == nil || field.Nulls+field.Strs < of.Objs
	}
}

// answered returns the shape of the objects in the answer of a call, nil if it failed.
func answered(w *witness.Witness) *shape.Shape {
	if w.Status != 200 {
		return nil
	}
	if w.Response.Shape.Items != nil {
		return w.Response.Shape.Items
	}
	return w.Response.Shape
}

func asksFor(name string) func(*witness.Witness) bool {
	return func(w *witness.Witness) bool {
		return slices.ContainsFunc(w.Query, func(p witness.Param) bool { return p.Name == name })
	}
}

func sends(name string) func(*witness.Witness) bool {
	return func(w *witness.Witness) bool {
		return w.Request.Shape.Object != nil && w.Request.Shape.Object.Fields.Get(name) != nil
	}
}

// note notes the calls of an hour that show what is planned.
func (s *Simulation) note(calls []witness.Witness, hour int64) {
	for i, p := range s.plan {
		at := &s.shown[i]
		for j := range calls {
			if calls[j].Template != s.endpoints[p.at].path || !oracle[p.want](&calls[j]) {
				continue
			}
			if at.first == 0 {
				at.first = hour
			}
			at.last = hour
		}
	}
}

// hourOf returns the hour that the entry of a planned change has to have.
func (s shown) hourOf(c facts.Change) int64 {
	if c.What == facts.Gone || c.What == facts.Required || c.What == facts.NotNullable {
		return s.last
	}
	return s.first
}
