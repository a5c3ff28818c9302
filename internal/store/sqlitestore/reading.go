package sqlitestore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"akita/internal/store"
)

// The kinds of records that hold units.
const (
	isUnit = iota
	isSum
	isPack
	isCount // of the sums' spans that are there
)

// record is a row of what is read: a unit, or a pack of units.
type record struct {
	store.Unit

	kind, gap int
	present   uint64
}

func scanRecord(r row) (o record, err error) {
	err = r.Scan(&o.kind, &o.gap, &o.CaptureID, &o.Start, &o.Part, &o.Hours, &o.Witnesses, &o.Version,
		&o.Model, &o.Series, &o.present)
	return o, err
}

func (o record) pack() pack {
	return pack{o.CaptureID, o.Start, o.Part, o.present, o.Version, o.Model, o.Series}
}

// Units implements store.Store.
func (s *Store) Units(ctx context.Context, of store.Units) ([]store.Unit, error) {
	if !of.Sums || of.After > 0 {
		units, _, err := s.read(ctx, of, nil)
		return units, err
	}
	for {
		spans, err := s.spansWithin(ctx, of)
		if err != nil {
			return nil, err
		}
		units, ok, err := s.read(ctx, of, spans)
		if ok || err != nil {
			return units, err
		}
	}
}

// read reads the units outside of spans, and the sums of these. All is one statement, so that it sees
// one state. ok is false if a span is gone.
func (s *Store) read(ctx context.Context, of store.Units, spans []span) (units []store.Unit, ok bool, err error) {
	gaps := gapsOf(of, spans)
	traceID := of.TraceID
	if of.CaptureID != 0 {
		traceID = store.EveryCapture
	}
	records, err := list(ctx, s, "read units", scanRecord, queryUnits(of, gaps, spans), of.ProjectID, traceID)
	if err != nil {
		return nil, false, err
	}
	units = make([]store.Unit, 0, len(records))
	for _, o := range records {
		switch o.kind {
		case isCount:
			if int(o.Start) < len(spans) {
				return nil, false, nil
			}
		case isPack:
			held, err := s.framer.units(o.pack(), of.Of, gaps[o.gap].from, gaps[o.gap].end())
			if err != nil {
				return nil, false, wrap("read units", err)
			}
			for _, u := range held {
				if u.Version > of.After {
					units = append(units, u)
				}
			}
		default:
			o.Sum = o.kind == isSum
			units = append(units, o.Unit)
		}
	}
	slices.SortFunc(units, func(a, b store.Unit) int {
		return cmp.Or(cmp.Compare(a.Part, b.Part), cmp.Compare(a.Start, b.Start), cmp.Compare(a.CaptureID, b.CaptureID))
	})
	return units, true, nil
}

// gap is a stretch of time that is read as units.
type gap struct {
	from, to store.Hour // to is 0 for no limit
	// before: units that begin before from belong to it too, if they have its first hour.
	before bool
}

func (g gap) end() store.Hour {
	if g.to == 0 {
		return lastHour
	}
	return g.to
}

// lastHour is later than all hours.
const lastHour = 1 << 40

// gapsOf returns what spans leave of a range.
func gapsOf(of store.Units, spans []span) (gaps []gap) {
	g := gap{from: of.From, before: of.From != 0}
	for _, p := range spans {
		if g.to = p.From; g.from < g.to {
			gaps = append(gaps, g)
		}
		g = gap{from: p.To}
	}
	if g.to = of.To; g.to == 0 || g.from < g.to {
		gaps = append(gaps, g)
	}
	return gaps
}

// queryUnits returns the query of a read. Its parameters are the project and the trace. A condition that
// does not select anything would keep SQLite from using an index.
func queryUnits(of store.Units, gaps []gap, spans []span) string {
	const first, rest = "SELECT %d, %d, capture_id, start_hour, part, ", " WHERE capture_id IN (%s)%s%s%s"
	unitColumns, packColumns, join := "model, NULL", "models, NULL", ""
	switch of.Of {
	case store.OnlyModels:
	case store.OnlySeries:
		unitColumns, packColumns, join = "NULL, series", "NULL, series", "JOIN series USING (capture_id, start_hour, part)"
	case store.ModelsAndSeries:
		unitColumns, packColumns = "model, series", "models, series"
		join = "LEFT JOIN series USING (capture_id, start_hour, part)"
	}
	captures := capturesOf
	if of.CaptureID != 0 {
		captures += fmt.Sprintf(" AND id = %d", of.CaptureID)
	}
	part, after := "", ""
	if of.Part != store.AnyPart {
		part = fmt.Sprintf(" AND part = %d", of.Part)
	}
	if of.After > 0 {
		after = fmt.Sprintf(" AND version > %d", of.After)
	}
	var selects []string
	for i, g := range gaps {
		selects = append(selects,
			fmt.Sprintf(first+"hours, witnesses, version, "+unitColumns+", 0 FROM units "+join+rest,
				isUnit, i, captures, g.ofUnits(), part, after),
			fmt.Sprintf(first+"0, 0, version, "+packColumns+", present FROM packs"+rest,
				isPack, i, captures, g.ofPacks(), part, after))
	}
	if len(spans) > 0 {
		in := idsOf(spans)
		selects = append(selects,
			fmt.Sprintf(`SELECT %d, 0, capture_id, d.start_hour, part, d.hours, witnesses, version, model, NULL, 0
				FROM summed AS d JOIN sums ON summed_id = d.id WHERE d.id IN (%s) AND capture_id IN (%s)%s`,
				isSum, in, captures, part),
			fmt.Sprintf("SELECT %d, 0, 0, count(*), 0, 0, 0, 0, x'' AS model, x'' AS series, 0 FROM summed WHERE id IN (%s)",
				isCount, in))
	}
	return strings.Join(selects, " UNION ALL ")
}

func idsOf(spans []span) string {
	ids := make([]string, len(spans))
	for i, p := range spans {
		ids[i] = fmt.Sprint(p.id)
	}
	return strings.Join(ids, ",")
}

// ofUnits returns the condition of the units in a gap. Only hours that are joined have longer units
// than others, so it need not look far back.
func (g gap) ofUnits() (condition string) {
	if g.before {
		condition = fmt.Sprintf(` AND start_hour > %[1]d - (SELECT CASE WHEN %[1]d < months_before THEN %[2]d
			WHEN %[1]d < days_before THEN 24 ELSE 1 END FROM projects WHERE id = ?1)
			AND start_hour + hours > %[1]d`, g.from, maxHours)
	} else if g.from != 0 {
		condition = fmt.Sprintf(" AND start_hour >= %d", g.from)
	}
	return condition + g.until()
}

// ofPacks returns the condition of the packs that may have units in a gap.
func (g gap) ofPacks() (condition string) {
	if g.from != 0 {
		condition = fmt.Sprintf(" AND start_hour > %d", g.from-packHours)
	}
	return condition + g.until()
}

func (g gap) until() string {
	if g.to == 0 {
		return ""
	}
	return fmt.Sprintf(" AND start_hour < %d", g.to)
}

// maxHours is the length of the longest unit: a month of 31 days.
const maxHours = 31 * 24
