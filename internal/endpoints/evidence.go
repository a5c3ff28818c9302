package endpoints

import "akita/internal/jsonschema"

// Evidence returns the evidence for and against a parameter: how many calls carried it and, for a path
// parameter, why it is one.
func (p Parameter) Evidence() jsonschema.Object {
	out := jsonschema.Object{}.With("x-akita-seen", p.Seen)
	if p.argument != nil {
		out.Set("x-akita-parameter", p.argument.evidence())
		return out
	}
	out.Count("x-akita-absent", p.Of-p.Seen)
	out.Count("x-akita-repeated", p.repeated)
	out.Count("x-akita-indexed", p.indexed)
	return out
}

// evidence returns why a segment of the path is a parameter: the route of the framework names it, its
// values are ids, they are words with similar responses ("siblings"), or they are codes of one list.
func (a *argument) evidence() jsonschema.Object {
	n := a.shape.Count()
	switch {
	case a.route > 0:
		out := jsonschema.Object{}.With("because", "route")
		if a.converter != "" {
			out.Set("converter", string(a.converter))
		}
		return out.With("for", a.holds()).With("against", n-min(a.holds(), n))
	case a.words*2 > n:
		why := "siblings"
		if a.codes != "" {
			why = "codes"
		}
		out := jsonschema.Object{}.With("because", why).With("for", n).With("against", uint64(0))
		out.Count("distinct_words", a.distinct)
		return out
	}
	return jsonschema.Object{}.With("because", "ids").With("for", n-a.words).With("against", a.words)
}
