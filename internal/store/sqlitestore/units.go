package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"akita/internal/store"
)

// Position implements store.Store.
func (s *Store) Position(ctx context.Context) (int64, error) {
	return one(ctx, s, "read position", value[int64], "SELECT position FROM fold")
}

// ApplyFold implements store.Store.
func (s *Store) ApplyFold(ctx context.Context, f store.Fold) error {
	return s.transact(ctx, "apply fold", func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx,
			"UPDATE fold SET position = ?1 WHERE position = ?2 AND position < ?1", f.Position, f.After)
		if err != nil {
			return err
		}
		moved, err := result.RowsAffected()
		if err != nil {
			return err
		}
		if moved == 0 {
			return fmt.Errorf("%w: from %d to %d", store.ErrStalePosition, f.After, f.Position)
		}
		for _, traceID := range slices.Sorted(maps.Keys(f.Counts)) {
			if err := addWitnesses(ctx, tx, traceID, f.Counts[traceID]); err != nil {
				return err
			}
		}
		return s.putUnits(ctx, tx, f.Units)
	})
}

func addWitnesses(ctx context.Context, tx *sql.Tx, traceID string, n int64) error {
	err := changesOne(ctx, tx, "UPDATE traces SET witnesses = witnesses + ? WHERE id = ?", n, traceID)
	return wrap("trace "+traceID, err)
}

// putUnits writes units with a new version. It removes the sums that hold them, and unpacks what holds
// their places.
func (s *Store) putUnits(ctx context.Context, tx *sql.Tx, units []store.Unit) error {
	if len(units) == 0 {
		return nil
	}
	if err := removeSumsOf(ctx, tx, units); err != nil {
		return err
	}
	if err := s.unpackPlaces(ctx, tx, units); err != nil {
		return err
	}
	return writeUnits(ctx, tx, units)
}

// writeUnits writes units with a new version, where nothing is packed.
func writeUnits(ctx context.Context, tx *sql.Tx, units []store.Unit) (err error) {
	if len(units) == 0 {
		return nil
	}
	version, err := nextVersion(ctx, tx)
	if err != nil {
		return err
	}
	put, err := tx.PrepareContext(ctx, `
		INSERT INTO units (capture_id, start_hour, part, hours, witnesses, version, model) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (capture_id, start_hour, part) DO UPDATE SET
			hours = excluded.hours, witnesses = excluded.witnesses, version = excluded.version, model = excluded.model`)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, put.Close()) }()
	for _, u := range units {
		_, err := put.ExecContext(ctx, u.CaptureID, u.Start, u.Part, u.Hours, u.Witnesses, version, notNil(u.Model))
		if err != nil {
			return wrap(fmt.Sprintf("unit of capture %d", u.CaptureID), err)
		}
	}
	return putSeries(ctx, tx, units)
}

// putSeries writes the series of units that have one.
func putSeries(ctx context.Context, tx *sql.Tx, units []store.Unit) (err error) {
	put, err := tx.PrepareContext(ctx, `
		INSERT INTO series (capture_id, start_hour, part, series) VALUES (?, ?, ?, ?)
		ON CONFLICT (capture_id, start_hour, part) DO UPDATE SET series = excluded.series`)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, put.Close()) }()
	for _, u := range units {
		if u.Series == nil {
			continue
		}
		if _, err := put.ExecContext(ctx, u.CaptureID, u.Start, u.Part, u.Series); err != nil {
			return wrap(fmt.Sprintf("series of capture %d", u.CaptureID), err)
		}
	}
	return nil
}

// ReplaceSeries implements store.Store.
func (s *Store) ReplaceSeries(ctx context.Context, projectID string, hours store.Hour, units []store.Unit) error {
	return s.transact(ctx, "replace series", func(tx *sql.Tx) error {
		err := changesOne(ctx, tx, "UPDATE projects SET series_hours_before = ? WHERE id = ?", hours, projectID)
		if err != nil {
			return err
		}
		if err := s.unpackPlaces(ctx, tx, units); err != nil {
			return err
		}
		return putSeries(ctx, tx, units)
	})
}

func nextVersion(ctx context.Context, tx *sql.Tx) (version int64, err error) {
	err = tx.QueryRowContext(ctx, "UPDATE fold SET version = version + 1 RETURNING version").Scan(&version)
	return version, err
}

// Capture implements store.Store.
func (s *Store) Capture(
	ctx context.Context, projectID string, traceIDs []string, repeats ...string,
) (store.Capture, error) {
	c := store.Capture{
		ProjectID: projectID, TraceIDs: slices.Sorted(slices.Values(traceIDs)), Repeats: sortedOrNil(repeats),
	}
	err := s.transact(ctx, "make capture", func(tx *sql.Tx) error {
		key := captureKey(c)
		_, err := tx.ExecContext(ctx,
			"INSERT INTO captures (project_id, traces) VALUES (?, ?) ON CONFLICT DO NOTHING", projectID, key)
		if err != nil {
			return err
		}
		row := tx.QueryRowContext(ctx, "SELECT id FROM captures WHERE project_id = ? AND traces = ?", projectID, key)
		if err := row.Scan(&c.ID); err != nil {
			return err
		}
		for _, traceID := range c.TraceIDs {
			_, err := tx.ExecContext(ctx,
				"INSERT INTO capture_traces (trace_id, capture_id) VALUES (?, ?) ON CONFLICT DO NOTHING", traceID, c.ID)
			if err != nil {
				return err
			}
		}
		return requireTraces(ctx, tx, c)
	})
	return c, err
}

// requireTraces returns store.ErrNotFound unless the traces that a capture repeats exist.
func requireTraces(ctx context.Context, tx *sql.Tx, c store.Capture) error {
	for _, traceID := range c.Repeats {
		row := tx.QueryRowContext(ctx, "SELECT 1 FROM traces WHERE id = ? AND project_id = ?", traceID, c.ProjectID)
		var found int
		if err := row.Scan(&found); err != nil {
			return wrap("trace "+traceID, err)
		}
	}
	return nil
}

// Captures implements store.Store.
func (s *Store) Captures(ctx context.Context, projectID string) ([]store.Capture, error) {
	scan := func(r row) (store.Capture, error) {
		var key string
		c := store.Capture{ProjectID: projectID}
		err := r.Scan(&c.ID, &key)
		c.TraceIDs, c.Repeats = tracesOf(key)
		return c, err
	}
	return list(ctx, s, "list captures", scan,
		"SELECT id, traces FROM captures WHERE project_id = ? ORDER BY id", projectID)
}

// selectUnits selects units with their series.
const selectUnits = "SELECT capture_id, start_hour, part, hours, witnesses, version, model, series " +
	"FROM units LEFT JOIN series USING (capture_id, start_hour, part) "

func scanUnit(r row) (u store.Unit, err error) {
	err = r.Scan(&u.CaptureID, &u.Start, &u.Part, &u.Hours, &u.Witnesses, &u.Version, &u.Model, &u.Series)
	return u, err
}

// selectUnitsAt selects the units of a capture (?1) and hour (?2) of some parts (?3, as JSON), or the packs
// that have them (of the day ?4).
var selectUnitsAt = fmt.Sprintf(`
	SELECT %d, 0, capture_id, start_hour, part, hours, witnesses, version, model, series, 0
	FROM units LEFT JOIN series USING (capture_id, start_hour, part)
	WHERE capture_id = ?1 AND start_hour = ?2 AND part IN (SELECT value FROM json_each(?3))
	UNION ALL SELECT %d, 0, capture_id, start_hour, part, 0, 0, version, models, series, present FROM packs
	WHERE capture_id = ?1 AND start_hour = ?4 AND part IN (SELECT value FROM json_each(?3))
		AND present >> (?2 - ?4) & 1`, isUnit, isPack)

// UnitsAt implements store.Store.
func (s *Store) UnitsAt(
	ctx context.Context, captureID int64, start store.Hour, parts []int,
) ([]store.Unit, error) {
	const op = "read units of an hour"
	wanted, err := json.Marshal(parts)
	if err != nil {
		return nil, wrap(op, err)
	}
	records, err := list(ctx, s, op, scanRecord, selectUnitsAt, captureID, start, string(wanted), day(start))
	if err != nil {
		return nil, err
	}
	units := make([]store.Unit, 0, len(records))
	for _, o := range records {
		if o.kind == isUnit {
			units = append(units, o.Unit)
			continue
		}
		held, err := s.framer.units(o.pack(), store.ModelsAndSeries, start, start+1)
		if err == nil && len(held) != 1 {
			err = errBrokenPack
		}
		if err != nil {
			return nil, wrap(op, err)
		}
		units = append(units, held[0])
	}
	return units, nil
}

// capturesOf selects the captures that count in a project (?1), those of a trace in it (?2), or every
// one (store.EveryCapture).
const capturesOf = `
	SELECT id FROM captures WHERE project_id = ?1 AND (?2 = '` + store.EveryCapture + `'
		OR ?2 = '' AND instr(traces, '` + repeatMark + `') = 0
		OR id IN (SELECT capture_id FROM capture_traces WHERE trace_id = ?2))`

// selectVersion selects the version of the units of a project (?1), or of a trace in it (?2).
const selectVersion = `
	SELECT generation, coalesce((SELECT max(last) FROM (
		SELECT max(
			coalesce((SELECT max(version) FROM units WHERE units.capture_id = c.id), 0),
			coalesce((SELECT max(version) FROM packs WHERE packs.capture_id = c.id), 0)) AS last
		FROM captures AS c
		WHERE c.project_id = ?1 AND
			(?2 = '' OR c.id IN (SELECT capture_id FROM capture_traces WHERE trace_id = ?2)))), 0)
	FROM projects WHERE id = ?1`

func scanVersion(r row) (v store.Version, err error) {
	err = r.Scan(&v.Generation, &v.Last)
	return v, err
}

// Version implements store.Store.
func (s *Store) Version(ctx context.Context, projectID, traceID string) (store.Version, error) {
	return one(ctx, s, "read version of units", scanVersion, selectVersion, projectID, traceID)
}

// FirstHour implements store.Store.
func (s *Store) FirstHour(
	ctx context.Context, projectID string, from, to store.Hour,
) (first store.Hour, found bool, err error) {
	first, found, err = s.Unpacked(ctx, projectID, from, to)
	if err != nil {
		return 0, false, err
	}
	if found {
		to = first
	}
	if packed, earlier, err := s.firstPacked(ctx, projectID, from, to); earlier || err != nil {
		return packed, earlier, err
	}
	return first, found, nil
}

// Unpacked implements store.Store.
func (s *Store) Unpacked(
	ctx context.Context, projectID string, from, to store.Hour,
) (first store.Hour, found bool, err error) {
	start, err := one(ctx, s, "find first hour", value[sql.NullInt64], `
		SELECT min((SELECT min(start_hour) FROM units AS u
			WHERE u.capture_id = c.id AND u.start_hour >= ? AND u.start_hour < ?)) FROM captures AS c
		WHERE c.project_id = ?`, from, to, projectID)
	return store.Hour(start.Int64), start.Valid, err
}

// JoinUnits implements store.Store.
func (s *Store) JoinUnits(ctx context.Context, j store.Join) error {
	return s.transact(ctx, "join units", func(tx *sql.Tx) error {
		if err := removeSumsWithin(ctx, tx, j.ProjectID, store.Span{From: j.From, To: j.To}); err != nil {
			return err
		}
		if j.From < j.To {
			if _, err := s.removePacks(ctx, tx, j.ProjectID, j.From, j.To); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, `
			DELETE FROM units WHERE start_hour >= ? AND start_hour < ?
				AND capture_id IN (SELECT id FROM captures WHERE project_id = ?)`, j.From, j.To, j.ProjectID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `
			UPDATE projects SET generation = generation + (?1 < ?2), days_before = ?3, months_before = ?4 WHERE id = ?5`,
			j.From, j.To, j.Joined.Days, j.Joined.Months, j.ProjectID); err != nil {
			return err
		}
		return writeUnits(ctx, tx, j.Units)
	})
}

const selectOldModels = "SELECT m.trace_id, t.project_id, t.started_at, m.witnesses, "

func scanOldModel(r row) (m store.TraceModel, err error) {
	err = r.Scan(&m.TraceID, &m.ProjectID, micros{&m.Start}, &m.Witnesses, &m.Model)
	return m, err
}

// OldModels implements store.Store.
func (s *Store) OldModels(ctx context.Context) ([]store.TraceModel, error) {
	return list(ctx, s, "list models of an earlier version", scanOldModel,
		selectOldModels+"x'' FROM models AS m JOIN traces AS t ON t.id = m.trace_id ORDER BY m.trace_id")
}

// OldModel implements store.Store.
func (s *Store) OldModel(ctx context.Context, traceID string) (store.TraceModel, error) {
	return one(ctx, s, "read model of an earlier version", scanOldModel,
		selectOldModels+"m.model FROM models AS m JOIN traces AS t ON t.id = m.trace_id WHERE m.trace_id = ?", traceID)
}

// ReplaceOldModel implements store.Store.
func (s *Store) ReplaceOldModel(ctx context.Context, traceID string, units []store.Unit) error {
	return s.transact(ctx, "replace model of an earlier version", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM models WHERE trace_id = ?", traceID); err != nil {
			return err
		}
		return s.putUnits(ctx, tx, units)
	})
}
