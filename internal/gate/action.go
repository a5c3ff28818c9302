package gate

import (
	"slices"

	"akita/internal/witness"
)

// actions withholds the names of actions. A name counts once in a call, in both of its bodies.
func (f *filter) actions(w *witness.Witness, at place) {
	var judged, withheld []string
	for _, b := range []*witness.Body{w.Request, w.Response} {
		if b == nil {
			continue
		}
		for i := range b.Actions {
			a := &b.Actions[i]
			if a.Name == "" {
				continue
			}
			if !slices.Contains(judged, a.Name) {
				judged = append(judged, a.Name)
				name := group{place: at, params: []witness.Param{{Name: a.Name}}}
				if len(f.withheld(&name, nil)) > 0 {
					withheld = append(withheld, a.Name)
				}
			}
			if slices.Contains(withheld, a.Name) {
				a.Name, a.Fields = "", false
			}
		}
		b.SortActions()
	}
}

// ofAction returns the place of the names in the bodies of one action. Those without a name share
// the place of the URL.
func (f *filter) ofAction(at place, a witness.Action) place {
	if a.Name == "" {
		return at
	}
	return f.at(f.at(at, ofAction), a.Name)
}
