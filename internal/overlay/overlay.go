// Package overlay writes OpenAPI Overlays 1.1 (https://spec.openapis.org/overlay/v1.1.0.html): changes
// that make a document say what calls show. It does no I/O.
package overlay

import (
	"io"

	"akita/internal/jsonschema"
	"akita/internal/openapi"
)

// Overlay is a list of changes to a document.
type Overlay struct {
	Title   string
	Extends string // the document; "" for any
	Actions []Action
}

// Action is one change. It merges Update into the target or, if Update is nil, removes the target.
type Action struct {
	Target      string // JSONPath
	Description string
	Update      any
}

// WriteYAML writes the overlay.
func (o *Overlay) WriteYAML(w io.Writer) error {
	changes := o.Actions
	if len(changes) == 0 { // an overlay has at least one
		changes = []Action{{Target: "$", Description: "There is nothing to change.", Update: jsonschema.Object{}}}
	}
	actions := make([]any, 0, len(changes))
	for _, a := range changes {
		one := jsonschema.Object{}.With("target", a.Target)
		if a.Description != "" {
			one.Set("description", a.Description)
		}
		if a.Update == nil {
			one.Set("remove", true)
		} else {
			one.Set("update", a.Update)
		}
		actions = append(actions, one)
	}
	root := jsonschema.Object{}.
		With("overlay", "1.1.0").
		With("info", jsonschema.Object{}.With("title", o.Title).With("version", "1.0.0"))
	if o.Extends != "" {
		root.Set("extends", o.Extends)
	}
	return openapi.WriteYAML(w, root.With("actions", actions))
}
