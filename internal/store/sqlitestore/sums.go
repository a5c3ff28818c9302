package sqlitestore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"akita/internal/store"
)

// span is a stretch of time for which sums of a project are kept.
type span struct {
	id int64
	store.Span
}

func scanSpan(r row) (p span, err error) {
	err = r.Scan(&p.id, &p.From, &p.To)
	return p, err
}

const selectSpans = "SELECT id, start_hour, start_hour + hours FROM summed WHERE project_id = ?1 "

// PutSums implements store.Store.
func (s *Store) PutSums(ctx context.Context, sums store.Sums) error {
	return s.transact(ctx, "put sums", func(tx *sql.Tx) (err error) {
		if err := requireVersion(ctx, tx, sums.ProjectID, sums.Version); err != nil {
			return err
		}
		if err := removeSums(ctx, tx, sums.ProjectID, sums.From, sums.From+1, sums.To-sums.From); err != nil {
			return err
		}
		var id int64
		err = tx.QueryRowContext(ctx, "INSERT INTO summed (project_id, start_hour, hours) VALUES (?, ?, ?) RETURNING id",
			sums.ProjectID, sums.From, sums.To-sums.From).Scan(&id)
		if err != nil {
			return err
		}
		put, err := tx.PrepareContext(ctx,
			"INSERT INTO sums (summed_id, capture_id, part, witnesses, version, model) VALUES (?, ?, ?, ?, ?, ?)")
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, put.Close()) }()
		for _, u := range sums.Units {
			if _, err := put.ExecContext(ctx, id, u.CaptureID, u.Part, u.Witnesses, u.Version, notNil(u.Model)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Summed implements store.Store.
func (s *Store) Summed(ctx context.Context, projectID string) ([]store.Span, error) {
	scan := func(r row) (store.Span, error) {
		p, err := scanSpan(r)
		return p.Span, err
	}
	return list(ctx, s, "list sums", scan, selectSpans+"ORDER BY start_hour, hours", projectID)
}

// removeSums removes the sums of a project that hold any hour between from and to. hours chooses those
// of this length; 0 is all.
func removeSums(ctx context.Context, tx *sql.Tx, projectID string, from, to, hours store.Hour) error {
	const of = ` FROM summed
		WHERE project_id = ?1 AND start_hour < ?3 AND start_hour + hours > ?2 AND (?4 = 0 OR hours = ?4)`
	for _, query := range []string{"DELETE FROM sums WHERE summed_id IN (SELECT id" + of + ")", "DELETE" + of} {
		if _, err := tx.ExecContext(ctx, query, projectID, from, to, hours); err != nil {
			return err
		}
	}
	return nil
}

// removeAllSums removes the sums of a project.
func removeAllSums(ctx context.Context, tx *sql.Tx, projectID string) error {
	const lastHour = 1 << 40
	return removeSums(ctx, tx, projectID, -lastHour, lastHour, 0)
}

// removeSumsOf removes the sums that hold any of units.
func removeSumsOf(ctx context.Context, tx *sql.Tx, units []store.Unit) error {
	type place struct {
		capture int64
		start   store.Hour
	}
	seen := make(map[place]bool)
	for _, u := range units {
		at := place{u.CaptureID, u.Start}
		if seen[at] {
			continue
		}
		seen[at] = true
		var projectID sql.NullString
		err := tx.QueryRowContext(ctx, `
			SELECT max(c.project_id) FROM captures AS c JOIN summed AS s ON s.project_id = c.project_id
			WHERE c.id = ?1 AND s.start_hour <= ?2 AND s.start_hour + s.hours > ?2`, u.CaptureID, u.Start).Scan(&projectID)
		if err == nil && projectID.Valid {
			err = removeSums(ctx, tx, projectID.String, u.Start, u.Start+1, 0)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// unitsAndSums returns units, and the longest sums in place of those that they hold.
func (s *Store) unitsAndSums(ctx context.Context, of store.Units) ([]store.Unit, error) {
	for {
		spans, err := s.spansWithin(ctx, of)
		if err != nil {
			return nil, err
		}
		if len(spans) == 0 {
			of.Sums = false
			return s.Units(ctx, of)
		}
		units, ok, err := s.readWithSums(ctx, of, spans)
		if ok || err != nil {
			return units, err
		}
	}
}

// spansWithin returns the spans of sums in a range, the longest where several begin or overlap.
func (s *Store) spansWithin(ctx context.Context, of store.Units) ([]span, error) {
	all, err := list(ctx, s, "list sums", scanSpan, selectSpans+`AND start_hour >= ?2
		AND (?3 = 0 OR start_hour + hours <= ?3) ORDER BY start_hour, hours DESC`, of.ProjectID, of.From, of.To)
	var spans []span
	for _, p := range all {
		if len(spans) == 0 || p.From >= spans[len(spans)-1].To {
			spans = append(spans, p)
		}
	}
	return spans, err
}

// readWithSums reads the units outside of spans, and the sums of these. All is one statement, so that
// it sees one state. ok is false if a span is gone.
func (s *Store) readWithSums(
	ctx context.Context, of store.Units, spans []span,
) (units []store.Unit, ok bool, err error) {
	ids := make([]string, len(spans))
	var gaps []string
	from := "start_hour > ?3 - " + fmt.Sprint(maxHours) + " AND start_hour + hours > ?3" // a unit may begin before
	for i, p := range spans {
		ids[i] = fmt.Sprint(p.id)
		gaps = append(gaps, fmt.Sprintf("%s AND start_hour < %d", from, p.From))
		from = fmt.Sprintf("start_hour >= %d", p.To)
	}
	gaps = append(gaps, from+" AND (?4 = 0 OR start_hour < ?4)")
	in := strings.Join(ids, ",")
	var query strings.Builder
	for _, gap := range gaps {
		query.WriteString("SELECT capture_id, start_hour, part, hours, witnesses, version, model, 0 FROM units " +
			"WHERE capture_id IN (" + capturesOf + ") AND " + gap + " AND (?5 < 0 OR part = ?5) UNION ALL ")
	}
	query.WriteString(`SELECT s.capture_id, d.start_hour, s.part, d.hours, s.witnesses, s.version, s.model, 1
		FROM summed AS d JOIN sums AS s ON s.summed_id = d.id
		WHERE d.id IN (` + in + `) AND s.capture_id IN (` + capturesOf + `) AND (?5 < 0 OR s.part = ?5)
		UNION ALL SELECT -1, count(*), 0, 0, 0, 0, x'', 0 FROM summed WHERE id IN (` + in + `)`)
	there := 0
	scan := func(r row) (u store.Unit, err error) {
		err = r.Scan(&u.CaptureID, &u.Start, &u.Part, &u.Hours, &u.Witnesses, &u.Version, &u.Model, &u.Sum)
		if u.CaptureID < 0 {
			there = int(u.Start)
		}
		return u, err
	}
	units, err = list(ctx, s, "read units and sums", scan, query.String(),
		of.ProjectID, of.TraceID, of.From, of.To, of.Part)
	if err != nil || there < len(spans) {
		return nil, false, err
	}
	units = slices.DeleteFunc(units, func(u store.Unit) bool { return u.CaptureID < 0 })
	slices.SortFunc(units, func(a, b store.Unit) int {
		return cmp.Or(cmp.Compare(a.Part, b.Part), cmp.Compare(a.Start, b.Start), cmp.Compare(a.CaptureID, b.CaptureID))
	})
	return units, true, nil
}
