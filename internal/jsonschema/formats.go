package jsonschema

import (
	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/shape"
)

// stringFormat returns the format that all strings of s have, 0 for none. Empty ones do not count.
func stringFormat(name string, s *shape.Shape) format.Format {
	return formatOf(name, s, s.Strs-s.Empties, false)
}

// integerFormat returns the format that all integers of s have, 0 for none.
func integerFormat(name string, s *shape.Shape) format.Format {
	return formatOf(name, s, s.Ints, true)
}

// formatOf returns the format that all n strings, or all n integers, of s have; 0 for none. A weak
// format counts only if the field's name suggests it, or if the values leave no doubt.
func formatOf(name string, s *shape.Shape, n uint64, ofIntegers bool) format.Format {
	if n == 0 {
		return 0
	}
	for _, f := range s.Formats {
		if f.Count != n || f.Format.OfIntegers() != ofIntegers ||
			f.Format == format.Decimal && s.Lengths.Max() <= shortDecimal {
			continue
		}
		if f.Format < format.Weak || nameSays(name, f.Format) || valuesSay(name, s, f.Format, n) {
			return f.Format
		}
	}
	return 0
}

// shortDecimal is the length of decimals that may as well be versions: "2.0".
const shortDecimal = 3

// The numbers of values that rule out chance. One in a hundred words of three letters is a
// currency, but one in three of two letters is a country or a language: no number of those will do.
const (
	minCurrencies = 2 // different codes that are all currencies
	minTimes      = 5 // integers that are all times of the last decades
)

// valuesSay reports whether the values alone prove a weak format. How many different ones there are
// is known in offline use only.
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
