package endpoints

// judged returns the words below s that are judged, in order: those of which a call was accepted or,
// without any, those that were found at all. Words that a scanner guessed prove nothing of the words
// beside them; what they are follows from what the others are (resolveFailed).
func (s *sketch) judged() []*sketch {
	var accepted, found []*sketch
	for _, w := range s.eachWordSorted() {
		switch {
		case w.text == "":
		case w.fine:
			accepted = append(accepted, w)
		case w.live:
			found = append(found, w)
		}
	}
	if len(accepted) > 0 {
		return accepted
	}
	return found
}
