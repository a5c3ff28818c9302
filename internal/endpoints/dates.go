package endpoints

import (
	"time"

	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/shape"
)

// A date in front of a path is the version of the API if there are few of them for the calls below,
// and if they lie apart, as releases do. Otherwise it is a value.
const (
	maxVersions      = 8
	callsOfVersion   = 3 // for each version, on average
	daysOfVersion    = 20
	monthsOfVersions = 2 // so many versions by month may follow one another
)

// resolveDates decides, at p and below, which dates are versions and stay literals. Other dates
// become values of the parameter there.
func (p *place) resolveDates(above string) {
	var dates []string
	for _, text := range sortedKeys(p.literals) {
		if format.IsDatedVersion(text) {
			dates = append(dates, text)
		}
	}
	switch {
	case len(dates) == 0:
	case p.areVersions(dates, above):
		p.addWithheld(dates)
	default:
		for _, text := range dates {
			p.absorbDate(text)
		}
	}
	for _, text := range sortedKeys(p.literals) {
		p.literals[text].resolveDates(text)
	}
	for _, param := range p.params {
		param.resolveDates("{}")
	}
}

// areVersions reports whether the dates at p are versions of the API.
func (p *place) areVersions(dates []string, above string) bool {
	if values := p.params[""]; values != nil && values.arg.Formats.Of(format.Date) > 0 {
		return false
	}
	var calls uint64
	for _, text := range dates {
		calls += p.literals[text].calls()
	}
	n, isStrong := uint64(len(dates)), above == "" || names.StandsBeforeVersion(above)
	switch {
	case n > maxVersions, !lieApart(dates):
		return false
	case n == 1 && isStrong:
		return true
	}
	return calls >= n*callsOfVersion || isStrong && p.shareNothing(dates)
}

// shareNothing reports whether no word below one of several dates is below another, as where each
// part of an API has its version.
func (p *place) shareNothing(dates []string) bool {
	seen := make(map[string]bool)
	for _, text := range dates {
		for word := range p.literals[text].literals {
			if seen[word] {
				return false
			}
			seen[word] = true
		}
	}
	return len(seen) >= len(dates)
}

// lieApart reports whether the dates of possible versions, in order, are as far from one another as
// releases are.
func lieApart(dates []string) bool {
	var last time.Time
	row := 1 // months that follow one another
	for _, text := range dates {
		date, isMonth := format.VersionDate(text)
		day, err := time.Parse(time.DateOnly, date)
		if err != nil {
			return false
		}
		gap := day.Sub(last)
		switch last = day; {
		case last.IsZero(), gap > 32*24*time.Hour:
			row = 1
		case gap < daysOfVersion*24*time.Hour && gap > 0:
			return false
		case isMonth && gap > 0:
			row++
		}
		if row > monthsOfVersions {
			return false
		}
	}
	return true
}

// addWithheld adds to a version, if it is the only one, the calls whose version was withheld, as it
// is in the first calls that a daemon sees.
func (p *place) addWithheld(versions []string) {
	withheld := p.params[""]
	if withheld == nil || len(versions) != 1 || withheld.arg.Opaques < withheld.arg.Count() {
		return
	}
	version := p.literals[versions[0]]
	if withheld.calls() > version.calls() {
		return
	}
	delete(p.params, "")
	for method, op := range withheld.ops {
		version.operation(method).add(op.Operation)
	}
	version.mergeBelow(withheld)
}

// absorbDate turns a date into a value of the parameter there.
func (p *place) absorbDate(text string) {
	date := p.literals[text]
	delete(p.literals, text)
	param := p.param("")
	param.arg.Merge(times(shape.OfText(text, shape.Options{}), date.calls()))
	param.merge(date)
}

// times returns the shape of n values of the shape of one.
func times(one *shape.Shape, n uint64) *shape.Shape {
	sum := new(shape.Shape)
	for power := one.Clone(); n > 0; n >>= 1 {
		if n&1 != 0 {
			sum.Merge(power)
		}
		power.Merge(power.Clone())
	}
	return sum
}
