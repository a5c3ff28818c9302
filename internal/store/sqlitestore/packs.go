package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/bits"
	"slices"

	"github.com/klauspost/compress/zstd"

	"akita/internal/packed"
	"akita/internal/store"
)

// packHours is how many hours a pack has: a day.
const packHours = 24

// pack holds the units of one capture and part that begin in one day and have one hour each.
type pack struct {
	captureID int64
	start     store.Hour
	part      int
	present   uint64 // bit n: there is a unit of the hour start + n
	version   int64  // the greatest of the units
	models    []byte // a frame
	series    []byte // a frame
}

const (
	packColumns = "capture_id, start_hour, part, present, version, models, series"
	selectPacks = "SELECT " + packColumns + " FROM packs "
)

func scanPack(r row) (p pack, err error) {
	err = r.Scan(&p.captureID, &p.start, &p.part, &p.present, &p.version, &p.models, &p.series)
	return p, err
}

// day returns the first hour of the day of an hour.
func day(h store.Hour) store.Hour { return h - (h%packHours+packHours)%packHours }

// framer compresses what the units of a pack hold. A frame has a checksum. It is safe for concurrent
// use.
type framer struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

func newFramer() (f framer, err error) {
	f.encoder, err = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20),
		zstd.WithEncoderLevel(zstd.SpeedBetterCompression))
	if err != nil {
		return f, err
	}
	f.decoder, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderLowmem(true))
	return f, err
}

// pack returns the pack of units of one capture, part and day, of which there is at least one.
func (f framer) pack(units []store.Unit) pack {
	p := pack{captureID: units[0].CaptureID, part: units[0].Part, start: day(units[0].Start)}
	for _, u := range units {
		p.present |= 1 << (u.Start - p.start)
		p.version = max(p.version, u.Version)
	}
	p.models = f.frame(p, units, func(u store.Unit) []byte { return notNil(u.Model) })
	p.series = f.frame(p, units, func(u store.Unit) []byte { return u.Series })
	return p
}

// frame writes what units hold, behind a line about each: its hour, count, version, and one more than
// the length of what it holds; 0 if that is nil.
func (f framer) frame(p pack, units []store.Unit, of func(store.Unit) []byte) []byte {
	var w packed.Writer
	w.Uint(uint64(len(units)))
	for _, u := range units {
		w.Uint(uint64(u.Start - p.start))
		w.Int(u.Witnesses)
		w.Int(p.version - u.Version)
		held := of(u)
		if held == nil {
			w.Uint(0)
			continue
		}
		w.Uint(uint64(len(held)) + 1)
	}
	for _, u := range units {
		w.Record(of(u))
	}
	return f.encoder.EncodeAll(w.Bytes(), nil)
}

// units returns what is asked for of the units of a pack that start at from or later, and before to.
func (f framer) units(p pack, of store.What, from, to store.Hour) (units []store.Unit, err error) {
	if of != store.OnlySeries {
		units, err = f.open(p, p.models, from, to)
		for i := range units {
			units[i].Model, units[i].Series = units[i].Series, nil
		}
		if of == store.OnlyModels || err != nil {
			return units, err
		}
	}
	series, err := f.open(p, p.series, from, to)
	if err != nil || of == store.OnlySeries {
		return slices.DeleteFunc(series, func(u store.Unit) bool { return u.Series == nil }), err
	}
	if len(series) != len(units) {
		return nil, errBrokenPack
	}
	for i := range units {
		units[i].Series = series[i].Series
	}
	return units, nil
}

var errBrokenPack = errors.New("what is packed does not agree")

// open returns the units of a frame, with what it holds as their series.
func (f framer) open(p pack, frame []byte, from, to store.Hour) (units []store.Unit, err error) {
	text, err := f.decoder.DecodeAll(frame, nil)
	if err != nil {
		return nil, fmt.Errorf("open pack of capture %d: %w", p.captureID, err)
	}
	r := packed.NewReader(text)
	type line struct {
		store.Unit
		size uint64
	}
	lines := make([]line, 0, packHours)
	for range r.Len() {
		u := store.Unit{CaptureID: p.captureID, Part: p.part, Hours: 1}
		u.Start = p.start + store.Hour(r.Uint())
		u.Witnesses, u.Version = r.Int(), p.version-r.Int()
		lines = append(lines, line{u, r.Uint()})
	}
	rest := text[len(text)-r.Rest():]
	for _, l := range lines {
		size := max(l.size, 1) - 1
		if r.Err() != nil || size > uint64(len(rest)) {
			return nil, fmt.Errorf("open pack of capture %d: %w", p.captureID, errors.Join(errBrokenPack, r.Err()))
		}
		held := rest[:size]
		rest = rest[size:]
		if l.Start < from || l.Start >= to {
			continue
		}
		if l.size > 0 {
			l.Series = append(make([]byte, 0, size), held...) // the frame is larger than what is kept of it
		}
		units = append(units, l.Unit)
	}
	return units, nil
}

// PackDay implements store.Store.
func (s *Store) PackDay(ctx context.Context, projectID string, hour store.Hour) error {
	return s.transact(ctx, "pack units", func(tx *sql.Tx) error {
		const within = `start_hour >= ?2 AND start_hour < ?2 + 24 AND hours = 1
			AND capture_id IN (SELECT id FROM captures WHERE project_id = ?1)`
		start := day(hour)
		// A pack of the same capture and part may be there: it takes what came later.
		err := s.unpack(ctx, tx, `start_hour = ?2 AND EXISTS (SELECT 1 FROM units AS u
			WHERE u.capture_id = packs.capture_id AND u.start_hour >= ?2 AND u.start_hour < ?2 + 24
				AND u.part = packs.part AND u.hours = 1)
			AND capture_id IN (SELECT id FROM captures WHERE project_id = ?1)`, projectID, start)
		if err != nil {
			return err
		}
		units, err := rows(ctx, tx, scanUnit,
			selectUnits+"WHERE "+within+" ORDER BY capture_id, part, start_hour", projectID, start)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM units WHERE "+within, projectID, start); err != nil {
			return err
		}
		return s.putPacks(ctx, tx, units)
	})
}

// putPacks packs units that are in the order of capture and part.
func (s *Store) putPacks(ctx context.Context, tx *sql.Tx, units []store.Unit) (err error) {
	put, err := tx.PrepareContext(ctx, "INSERT INTO packs ("+packColumns+") VALUES (?, ?, ?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, put.Close()) }()
	for len(units) > 0 {
		n := 1
		for n < len(units) && units[n].CaptureID == units[0].CaptureID && units[n].Part == units[0].Part {
			n++
		}
		p := s.framer.pack(units[:n])
		_, err := put.ExecContext(ctx, p.captureID, p.start, p.part, p.present, p.version, p.models, p.series)
		if err != nil {
			return err
		}
		units = units[n:]
	}
	return nil
}

// unpack turns the packs that a condition selects into units again. Units that are there already stay
// as they are.
func (s *Store) unpack(ctx context.Context, tx *sql.Tx, condition string, args ...any) error {
	packs, err := rows(ctx, tx, scanPack, selectPacks+"WHERE "+condition, args...)
	if err != nil || len(packs) == 0 {
		return err
	}
	for _, p := range packs {
		units, err := s.framer.units(p, store.ModelsAndSeries, p.start, p.start+packHours)
		if err != nil {
			return err
		}
		for _, u := range units {
			if err := putBack(ctx, tx, u); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM packs WHERE capture_id = ? AND start_hour = ? AND part = ?",
			p.captureID, p.start, p.part)
		if err != nil {
			return err
		}
	}
	return nil
}

// putBack inserts a unit with its version, unless there is one.
func putBack(ctx context.Context, tx *sql.Tx, u store.Unit) error {
	result, err := tx.ExecContext(ctx, `
		INSERT INTO units (capture_id, start_hour, part, hours, witnesses, version, model) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, u.CaptureID, u.Start, u.Part, u.Hours, u.Witnesses, u.Version, notNil(u.Model))
	if err != nil {
		return err
	}
	if inserted, err := result.RowsAffected(); err != nil || inserted == 0 {
		return err
	}
	return putSeries(ctx, tx, []store.Unit{u})
}

// unpackPlaces unpacks what holds the places of units, so that these can be written.
func (s *Store) unpackPlaces(ctx context.Context, tx *sql.Tx, units []store.Unit) error {
	for captureID, start := range places(units) {
		// Most steps write to hours of which nothing is packed.
		var found bool
		row := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM packs WHERE capture_id = ? AND start_hour = ?)",
			captureID, day(start))
		if err := row.Scan(&found); err != nil {
			return err
		}
		if !found {
			continue
		}
		for _, u := range units {
			if u.CaptureID != captureID || u.Start != start {
				continue
			}
			err := s.unpack(ctx, tx, "capture_id = ? AND start_hour = ? AND part = ?", captureID, day(start), u.Part)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// removePacks removes the packed units of a project that start at from or later, and before to. It
// returns how many there were.
func (s *Store) removePacks(
	ctx context.Context, tx *sql.Tx, projectID string, from, to store.Hour,
) (removed int64, err error) {
	const of = "capture_id IN (SELECT id FROM captures WHERE project_id = ?1) AND "
	present, err := column[uint64](ctx, tx,
		"DELETE FROM packs WHERE "+of+"start_hour >= ?2 AND start_hour + 24 <= ?3 RETURNING present", projectID, from, to)
	if err != nil {
		return 0, err
	}
	for _, hours := range present {
		removed += int64(bits.OnesCount64(hours))
	}
	partly, err := rows(ctx, tx, scanPack,
		"DELETE FROM packs WHERE "+of+"start_hour > ?2 - 24 AND start_hour < ?3 RETURNING "+packColumns, projectID, from, to)
	if err != nil {
		return 0, err
	}
	for _, p := range partly {
		units, err := s.framer.units(p, store.ModelsAndSeries, p.start, p.start+packHours)
		if err != nil {
			return 0, err
		}
		rest := slices.DeleteFunc(slices.Clone(units), func(u store.Unit) bool { return from <= u.Start && u.Start < to })
		removed += int64(len(units) - len(rest))
		if err := s.putPacks(ctx, tx, rest); err != nil {
			return 0, err
		}
	}
	return removed, nil
}

// movePacks moves the packs of a capture to its heir. Where both have something of a part and day, it
// is unpacked.
func (s *Store) movePacks(ctx context.Context, tx *sql.Tx, capture, heir int64) error {
	for _, of := range [][2]int64{{capture, heir}, {heir, capture}} {
		err := s.unpack(ctx, tx, `capture_id = ?1 AND (
			EXISTS (SELECT 1 FROM packs AS o
				WHERE o.capture_id = ?2 AND o.start_hour = packs.start_hour AND o.part = packs.part)
			OR EXISTS (SELECT 1 FROM units AS u WHERE u.capture_id = ?2 AND u.part = packs.part
				AND u.start_hour >= packs.start_hour AND u.start_hour < packs.start_hour + 24))`, of[0], of[1])
		if err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, "UPDATE packs SET capture_id = ? WHERE capture_id = ?", heir, capture)
	return err
}

// firstPacked returns the start of the first packed unit of a project in a range.
func (s *Store) firstPacked(
	ctx context.Context, projectID string, from, to store.Hour,
) (first store.Hour, found bool, err error) {
	days, err := list(ctx, s, "find first packed hour", func(r row) (p pack, err error) {
		err = r.Scan(&p.start, &p.present)
		return p, err
	}, `SELECT DISTINCT start_hour, present FROM packs
		WHERE capture_id IN (SELECT id FROM captures WHERE project_id = ?) AND start_hour > ? - 24 AND start_hour < ?
		ORDER BY start_hour`, projectID, from, to)
	for _, p := range days {
		if found && p.start > first {
			break
		}
		for hour := max(p.start, from); hour < min(p.start+packHours, to); hour++ {
			if p.present>>(hour-p.start)&1 == 1 && (!found || hour < first) {
				first, found = hour, true
			}
		}
	}
	return first, found, err
}
