package facts

import "testing"

// line returns a timeline of pairs: calls with the fact, and all calls.
func line(pairs ...uint64) (l timeline) {
	for i := 0; i < len(pairs); i += 2 {
		l = append(l, point{start: int64(i), had: pairs[i], calls: pairs[i+1]})
	}
	return l
}

func TestChances(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		of             timeline
		appeared, gone bool
	}{
		"always there":               {line(10, 10, 10, 10, 10, 10, 10, 10), false, false},
		"at random":                  {line(0, 10, 2, 10, 1, 10, 0, 10, 3, 10), false, false},
		"new in all calls":           {line(0, 50, 10, 10, 10, 10), true, false},
		"new in some calls":          {line(0, 500, 3, 20, 4, 20), true, false},
		"new in the first calls":     {line(0, 3, 10, 10, 50, 50), false, false},
		"rare, seen late":            {line(0, 100, 1, 100, 0, 100), false, false},
		"a few calls of one hour":    {line(0, 500, 4, 10, 0, 10), false, false},
		"gone from all calls":        {line(50, 50, 50, 50, 0, 10, 0, 10), false, true},
		"gone from some calls":       {line(20, 50, 20, 50, 0, 40, 0, 40), false, true},
		"gone since an hour":         {line(50, 50, 50, 50, 0, 10), false, false},
		"gone from a few calls":      {line(50, 50, 50, 50, 0, 1, 0, 1), false, false},
		"rare, not seen for a while": {line(1, 100, 2, 100, 0, 100, 0, 100), false, false},
		"it comes in bursts":         {line(50, 50, 0, 50, 0, 50, 50, 50, 0, 50, 0, 50), false, false},
		"new and gone":               {line(0, 500, 10, 10, 10, 10, 0, 50, 0, 50), true, true},
		"nothing":                    {line(0, 10), false, false},
	} {
		const limit = 1e-5
		appeared := c.of.appeared(1) < limit
		if gone := c.of.gone(1, appeared) < limit; appeared != c.appeared || gone != c.gone {
			t.Errorf("%s: appeared %t, gone %t, want %t and %t", name, appeared, gone, c.appeared, c.gone)
		}
	}
}

// The elements of an array are alike: many of them in a few calls prove little.
func TestElementsProveLess(t *testing.T) {
	t.Parallel()
	l := line(0, 5000, 300, 600, 300, 600)
	if l.appeared(1) > 1e-6 || l.appeared(0.005) < 1e-6 {
		t.Errorf("the chances are %g and %g", l.appeared(1), l.appeared(0.005))
	}
}
