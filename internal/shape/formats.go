package shape

import (
	"slices"

	"akita/internal/format"
)

// FormatCount is the number of values that had a format.
type FormatCount struct {
	Format format.Format
	Count  uint64
}

// Formats counts the values by format, sorted by format. A value may have several.
type Formats []FormatCount

// Of returns how many values had the format.
func (f Formats) Of(wanted format.Format) uint64 {
	for _, c := range f {
		if c.Format == wanted {
			return c.Count
		}
	}
	return 0
}

func (f *Formats) addSet(set format.Set, a *Arena) {
	if len(*f) == 0 && set != 0 {
		*f = a.formats()
	}
	for one := range set.All() {
		f.add(one, 1)
	}
}

func (f *Formats) add(one format.Format, n uint64) {
	i, ok := slices.BinarySearchFunc(*f, one, func(c FormatCount, wanted format.Format) int {
		return int(c.Format) - int(wanted)
	})
	if ok {
		(*f)[i].Count += n
	} else {
		*f = slices.Insert(*f, i, FormatCount{one, n})
	}
}

func (f *Formats) merge(o Formats) {
	for _, c := range o {
		f.add(c.Format, c.Count)
	}
}
