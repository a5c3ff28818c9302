package jsonschema

import (
	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/shape"
)

// formatOf is the format that all n strings, or all n integers, of s have; 0 for none. A weak one counts only where the field's name says the same, or where
// the values leave no doubt.
func formatOf(name string, s *shape.Shape, n uint64) format.Format {
	if n == 0 {
		return 0
	}
	for _, f := range s.Formats {
		if f.Count != n || f.Format == format.Decimal && s.Lengths.Max() <= shortDecimal {
			continue
		}
		if f.Format < format.Weak || nameSays(name, f.Format) || valuesSay(name, s, f.Format, n) {
			return f.Format
		}
	}
	return 0
}

// shortDecimal is the length of decimals that are as likely versions: "2.0".
const shortDecimal = 3

// So many different codes that are all on the list of currencies are no accident, as one in a
// hundred words of three letters is; one in three of two letters is a country, or a language.
// Nor are so many integers that are all times of the last decades.
const (
	minCurrencies = 2
	minTimes      = 5
)

// valuesSay reports whether the values alone say a weak format. Only in offline use is it
// known how many different ones there are.
func valuesSay(name string, s *shape.Shape, f format.Format, n uint64) bool {
	switch f {
	case format.Currency:
		return s.Enum != nil && len(s.Enum.Members) >= minCurrencies
	case format.UnixSeconds, format.UnixMillis:
		return n >= minTimes && !names.IsAmount(name)
	}
	return false
}

// nameSays reports whether the name of a field suggests a format.
func nameSays(name string, f format.Format) bool {
	if f == format.UnixMillis {
		f = format.UnixSeconds
	}
	return names.Suggests(name, f.String())
}
