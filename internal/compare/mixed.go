package compare

// Mixed returns the findings of a drift as those of a diff whose one side is the document, and whose other
// side is the calls. isBase says that the document is the base. That no call shows what is declared proves
// nothing.
func Mixed(drift []Finding, isBase bool) []Finding {
	out := make([]Finding, 0, len(drift))
	for _, f := range drift {
		switch {
		case f.Kind == Mismatched:
			f.Kind = Changed
		case f.Kind == Undocumented && isBase:
			f.Kind, f.Severity = Added, Info
		case f.Kind == Undocumented:
			f.Kind = Removed
			f.Severity = Breaking
			if f.Subject == Header || f.Status >= 400 {
				f.Severity = Warning
			}
		case isBase:
			f.Kind, f.Verdict = Removed, NotEnough
		default:
			f.Kind, f.Verdict = Added, NotEnough
		}
		out = append(out, f)
	}
	Sort(out)
	return out
}
