package apimodel

// parameterEvidence says how many calls carried a parameter, and of one of the path why it
// is one.
func parameterEvidence(p Parameter) object {
	out := object{}.With("x-akita-seen", p.Seen)
	if p.argument != nil {
		out.Set("x-akita-parameter", p.argument.evidence())
		return out
	}
	out.Count("x-akita-absent", p.Of-p.Seen)
	out.Count("x-akita-repeated", p.repeated)
	return out
}

// evidence says why what stood at a place of the path is a parameter: the framework's route
// says so; its values are ids, which no API has for names; or they are words, for
// which it speaks that they answer alike, or that all of them are codes of one list.
func (a *argument) evidence() object {
	n := a.shape.Count()
	switch {
	case a.route > 0:
		out := object{}.With("because", "route")
		if a.converter != "" {
			out.Set("converter", string(a.converter))
		}
		return out.With("for", a.holds()).With("against", n-min(a.holds(), n))
	case a.words*2 > n:
		why := "siblings"
		if a.code != "" {
			why = "codes"
		}
		out := object{}.With("because", why).With("for", n).With("against", uint64(0))
		out.Count("distinct_words", a.distinct)
		return out
	}
	return object{}.With("because", "ids").With("for", n-a.words).With("against", a.words)
}
