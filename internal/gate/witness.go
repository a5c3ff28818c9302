package gate

import (
	"slices"

	"akita/internal/shape"
	"akita/internal/witness"
)

// The kinds of places of names in a call.
const (
	inPath     = "path"
	inHost     = "host"
	inMedia    = "media type"
	inConsumer = "consumer"
	inQuery    = "query"
	inHeader   = "header"
	inCookie   = "cookie"
	inAuth     = "auth"
	inRequest  = "request"
	inResponse = "response"
	ofEntries  = "*"
	ofItems    = "[]"
	ofAnswer   = "answer header"
	ofAction   = "action"
)

// withheldName replaces the name of a credential that is withheld.
const withheldName = "withheld"

func (f *filter) witness(w *witness.Witness) {
	w.Host = f.host(w.Host)
	w.Consumer = f.consumer(w.Consumer)
	operation := f.path(w)
	w.Query = f.params(w.Query, f.at(operation, inQuery))
	w.Cookies = f.params(w.Cookies, f.at(operation, inCookie))
	w.Headers = f.params(w.Headers, f.at(operation, inHeader))
	w.ResponseHeaders = f.params(w.ResponseHeaders, f.at(operation, ofAnswer))
	f.credentials(w.Auth)
	f.actions(w, f.at(operation, ofAction))
	f.body(w.Request, f.at(operation, inRequest))
	f.body(w.Response, f.at(operation, inResponse).mix(uint64(w.Status)))
	withholdEchoes(w)
}

// withholdEchoes withholds the names of members that repeat a segment of the path, unless they are
// fields of the response that pass.
func withholdEchoes(w *witness.Witness) {
	for i := range w.Path {
		s := &w.Path[i]
		if s.Echo != "" && (w.Response == nil || !hasField(w.Response.Shape, s.Echo)) {
			s.Echo = witness.UnnamedEcho
		}
	}
}

// hasField reports whether an object in what s sums up has a field.
func hasField(s *shape.Shape, name string) bool {
	if s == nil {
		return false
	}
	if hasField(s.Items, name) {
		return true
	}
	if s.Object == nil {
		return false
	}
	return s.Object.Fields.Get(name) != nil || hasField(s.Object.Values, name) ||
		slices.ContainsFunc(s.Object.Fields, func(f shape.Field) bool { return hasField(f.Shape, name) })
}

// params removes the parameters whose names are withheld.
func (f *filter) params(params []witness.Param, at place) []witness.Param {
	var room [8]int
	withheld := f.withheld(&group{place: at, params: params}, room[:0])
	if len(withheld) == 0 {
		return params
	}
	out := params[:0:0]
	for i, p := range params {
		if !slices.Contains(withheld, i) {
			out = append(out, p)
		}
	}
	return out
}

// credentials withholds names of credentials.
func (f *filter) credentials(auth []witness.Auth) {
	for i := range auth {
		at := f.at(f.at(0, inAuth), auth[i].In)
		if auth[i].Name == "" {
			continue
		}
		names := group{place: at, params: []witness.Param{{Name: auth[i].Name}}}
		if len(f.withheld(&names, nil)) > 0 {
			auth[i].Name = withheldName
		}
	}
}

func (f *filter) body(b *witness.Body, at place) {
	if b == nil {
		return
	}
	b.MediaType = f.mediaType(b.MediaType)
	for _, action := range b.Actions {
		if b.Batch {
			f.shape(action.Shape, f.ofAction(at, action))
		} else {
			at = f.ofAction(at, action) // the only one
		}
	}
	f.shape(b.Shape, at)
	f.form(b)
}

// form withholds the names of fields of a form that the form's shape does not have any more, and the
// media types that their values stated like those of bodies.
func (f *filter) form(b *witness.Body) {
	if len(b.Files)+len(b.Parts) == 0 || b.Shape == nil || b.Shape.Object == nil {
		return
	}
	isWithheld := func(name string) bool { return b.Shape.Object.Fields.Get(name) == nil }
	b.Files = slices.DeleteFunc(b.Files, isWithheld)
	b.Parts = slices.DeleteFunc(b.Parts, func(p witness.Part) bool { return isWithheld(p.Name) })
	for i := range b.Parts {
		types := b.Parts[i].Types
		for j, mediaType := range types {
			types[j] = f.mediaType(mediaType)
		}
		slices.Sort(types)
		b.Parts[i].Types = slices.Compact(types)
	}
}

// shape withholds names of fields in s and everything below it.
func (f *filter) shape(s *shape.Shape, at place) {
	if s == nil {
		return
	}
	f.shape(s.Items, f.at(at, ofItems))
	o := s.Object
	if o == nil {
		return
	}
	var room [8]int
	o.Withhold(f.withheld(&group{place: at, object: o, objects: s.Objs}, room[:0]))
	for _, field := range o.Fields {
		if field.Shape.Items != nil || field.Shape.Object != nil {
			f.shape(field.Shape, f.at(at, field.Name))
		}
	}
	f.shape(o.Values, f.at(at, ofEntries))
}
