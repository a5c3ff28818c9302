// Package sensitive says which values are sensitive data, from what is known without them: the names and
// the formats of fields (docs/adr/0042-posture-from-types.md). It does no I/O.
package sensitive

import (
	"slices"

	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/shape"
)

// By says what shows that values are sensitive.
type By string

// What shows it.
const (
	ByName   By = "name"
	ByFormat By = "format"
	ByBoth   By = "name and format"
)

// Data is a kind of sensitive data in one place.
type Data struct {
	Kind   string // of names.SensitiveKinds
	By     By
	Format format.Format // that shows it, 0 for none
	Seen   uint64        // values that are sensitive
	// IsCertain is false if the values may have the format by chance.
	IsCertain bool
}

// formats are the kinds of data that a text is by its form.
var formats = map[format.Format]string{
	format.Email: names.Contact, format.Phone: names.Contact, format.JWT: names.Token, format.IBAN: names.Financial,
	format.IPv4: names.Network, format.IPv6: names.Network, format.MAC: names.Network,
	format.CardNumber: names.Financial, format.LocalPhone: names.Contact,
}

// leastShare is one over the share of texts that must have a format. Below it, a field is free text, in
// which anything may stand.
const leastShare = 20

// Of returns what kind of sensitive data values are, by the name of their field, the name of the object
// that has it ("" for none), and their shape. ok is false for values that are not sensitive, or of which
// nothing is known.
func Of(name, above string, s *shape.Shape) (data Data, ok bool) {
	if s == nil {
		return Data{}, false
	}
	texts := s.Strs - min(s.Empties, s.Strs)
	kind := names.Sensitive(name, above)
	values := texts
	if !names.IsInPlural(name) {
		values += s.Ints
	}
	named := Data{Kind: kind, By: ByName, Seen: values, IsCertain: true}
	formed, isFormed := ofFormat(name, s, texts)
	switch isNamed := kind != "" && values > 0; {
	case !isNamed:
		return formed, isFormed
	case !isFormed:
		return named, true
	case formed.Kind == kind:
		named.By, named.Format = ByBoth, formed.Format
		return named, true
	case slices.Contains(vague, kind):
		return formed, true
	}
	return named, true
}

// vague are the kinds whose names are also those of other things: an address may be that of a device.
var vague = []string{names.Contact, names.Personal, names.Network}

// ofFormat returns what texts are by their formats: the gravest kind.
func ofFormat(name string, s *shape.Shape, texts uint64) (best Data, ok bool) {
	if texts == 0 {
		return Data{}, false
	}
	for _, f := range s.Formats {
		kind := formats[f.Format]
		if kind == "" || !isFrequent(name, f, texts) || ok && Rank(kind) >= Rank(best.Kind) {
			continue
		}
		best = Data{Kind: kind, By: ByFormat, Format: f.Format, Seen: min(f.Count, texts), IsCertain: true}
		if f.Format == format.CardNumber && !names.Suggests(name, f.Format.String()) {
			best.IsCertain = false
		}
		ok = true
	}
	return best, ok
}

// minCards is from how many numbers on correct check digits cannot be chance: one number in ten has one.
const minCards = 10

// isFrequent reports whether so many texts have a format that the field holds such data.
func isFrequent(name string, f shape.FormatCount, texts uint64) bool {
	switch f.Format {
	case format.CardNumber:
		return f.Count >= texts && (texts >= minCards || names.Suggests(name, f.Format.String()))
	case format.LocalPhone:
		return f.Count*2 >= texts && names.Suggests(name, f.Format.String())
	case format.IPv4: // versions have its form
		return f.Count*2 >= texts && !names.Suggests(name, format.Semver.String())
	}
	return f.Count*leastShare >= texts
}

// Rank orders kinds: the gravest has rank 0.
func Rank(kind string) int { return slices.Index(names.SensitiveKinds(), kind) }
