package ingest

import (
	"context"
	"fmt"
	"time"

	"akita/internal/apimodel"
	"akita/internal/facts"
	"akita/internal/store"
)

// dateFacts dates the facts of the units of a project that have changed and whose hour is over, and
// reports whether there were any. To date a unit again changes nothing.
func (w *Worker) dateFacts(ctx context.Context, p store.Project, now time.Time) (found bool, err error) {
	dated, err := w.config.Store.FactsVersion(ctx, p.ID)
	if err != nil {
		return false, err
	}
	changed, err := w.config.Store.Units(ctx, store.Units{
		ProjectID: p.ID, TraceID: store.EveryCapture, After: dated, Part: store.AnyPart,
	})
	if err != nil {
		return false, err
	}
	through, open := int64(0), store.HourOf(now)
	var closed []store.Unit
	for _, u := range changed {
		through = max(through, u.Version)
		if u.Start+store.Hour(u.Hours) <= open {
			closed = append(closed, u)
		}
	}
	for _, u := range changed {
		if u.Start+store.Hour(u.Hours) > open {
			through = min(through, u.Version-1) // it is to be dated later
		}
	}
	if len(closed) == 0 {
		return false, nil
	}
	stored, err := w.factsOf(ctx, closed)
	if err != nil {
		return false, err
	}
	records, err := w.codec.dated(stored, closed)
	if err != nil {
		return false, err
	}
	var out []store.FactRecord
	for _, u := range closed {
		key := capturePart{u.CaptureID, u.Part}
		if r := records[key]; r != nil {
			out = append(out, w.codec.encodeFacts(key, r))
			delete(records, key)
		}
	}
	return true, w.config.Store.PutFacts(ctx, p.ID, max(through, dated), out)
}

// factsOf returns the records that have the facts of units.
func (w *Worker) factsOf(ctx context.Context, units []store.Unit) (records []store.FactRecord, err error) {
	parts := make(map[int64][]int)
	for _, u := range units {
		parts[u.CaptureID] = append(parts[u.CaptureID], u.Part)
	}
	for captureID, of := range parts {
		found, err := w.config.Store.FactsOf(ctx, captureID, of)
		if err != nil {
			return nil, err
		}
		records = append(records, found...)
	}
	return records, nil
}

// dated returns records with the facts of units, which replace what they have of the same hours.
func (c *codec) dated(stored []store.FactRecord, units []store.Unit) (map[capturePart]*facts.Record, error) {
	records := make(map[capturePart]*facts.Record)
	for _, s := range stored {
		r, err := c.decodeFacts(s)
		if err != nil {
			return nil, err
		}
		records[capturePart{s.CaptureID, s.Part}] = r
	}
	for _, u := range units {
		m, _, err := c.decodeModel(u)
		if err != nil {
			return nil, err
		}
		key := capturePart{u.CaptureID, u.Part}
		if records[key] == nil {
			records[key] = facts.NewRecord()
		}
		records[key].Set(int64(u.Start), u.Hours, facts.Of(m))
	}
	return records, nil
}

// encodeFacts returns the stored form of a record: compressed, because facts repeat one another.
func (c *codec) encodeFacts(key capturePart, r *facts.Record) store.FactRecord {
	out := store.FactRecord{CaptureID: key.captureID, Part: key.part}
	if !r.IsEmpty() {
		out.Record, _ = c.stored(r, true) // a record is encoded without an error
	}
	return out
}

func (c *codec) decodeFacts(stored store.FactRecord) (*facts.Record, error) {
	encoded, err := c.open(stored.Record)
	var r *facts.Record
	if err == nil {
		r, err = facts.Unmarshal(encoded)
	}
	if err != nil {
		return nil, unreadable(fmt.Sprintf("record of facts of capture %d", stored.CaptureID), err)
	}
	return r, nil
}

// inheritedFacts returns the records of the captures that take over the calls of others.
func (w *Worker) inheritedFacts(
	ctx context.Context, projectID string, heirs map[int64][]int64,
) (out []store.FactRecord, err error) {
	heirOf := make(map[int64]int64)
	for heir, others := range heirs {
		for _, other := range others {
			heirOf[other] = heir
		}
	}
	stored, _, err := w.config.Store.Facts(ctx, projectID, store.EveryCapture)
	if err != nil {
		return nil, err
	}
	records, err := w.codec.dated(stored, nil)
	if err != nil {
		return nil, err
	}
	for _, s := range stored {
		heir, ok := heirOf[s.CaptureID]
		if !ok {
			continue
		}
		sum := facts.NewRecord()
		into := capturePart{heir, s.Part}
		for _, key := range []capturePart{into, {s.CaptureID, s.Part}} {
			if r := records[key]; r != nil {
				sum.Merge(r)
			}
		}
		records[into] = sum
		out = append(out, w.codec.encodeFacts(into, sum))
	}
	return out, nil
}

// expireFacts forgets the facts of a project that were seen before an hour only.
func (w *Worker) expireFacts(ctx context.Context, projectID string, before store.Hour) error {
	stored, dated, err := w.config.Store.Facts(ctx, projectID, store.EveryCapture)
	if err != nil {
		return err
	}
	var out []store.FactRecord
	for _, s := range stored {
		r, err := w.codec.decodeFacts(s)
		if err != nil {
			return err
		}
		if r.Expire(int64(before)) {
			out = append(out, w.codec.encodeFacts(capturePart{s.CaptureID, s.Part}, r))
		}
	}
	if len(out) == 0 {
		return nil
	}
	w.expired = true
	return w.config.Store.PutFacts(ctx, projectID, dated, out)
}

// Dates returns the hours in which the facts of a scope were seen, up to now.
func (m *Models) Dates(ctx context.Context, of Scope) (facts.Dates, error) {
	stored, dated, err := m.config.Store.Facts(ctx, of.ProjectID, of.TraceID)
	if err != nil {
		return nil, err
	}
	dates := make(facts.Dates)
	for _, s := range stored {
		encoded, err := m.codec.open(s.Record)
		if err == nil {
			err = dates.AddRecord(encoded, int64(of.From), int64(of.To))
		}
		if err != nil {
			return nil, unreadable(fmt.Sprintf("record of facts of capture %d", s.CaptureID), err)
		}
	}
	changed, err := m.config.Store.Units(ctx, of.units(dated, store.AnyPart))
	if err != nil {
		return nil, err
	}
	for _, u := range changed {
		model, _, err := m.codec.decodeModel(u)
		if err != nil {
			return nil, err
		}
		dates.AddCounts(int64(u.Start), u.Hours, facts.Of(model))
	}
	return dates, nil
}

// Facts returns the dated facts of the operations of a project, or of one of its traces, up to now.
func (m *Models) Facts(ctx context.Context, of Scope) (map[apimodel.OperationKey]facts.History, error) {
	stored, dated, err := m.config.Store.Facts(ctx, of.ProjectID, of.TraceID)
	if err != nil {
		return nil, err
	}
	changed, err := m.config.Store.Units(ctx, store.Units{
		ProjectID: of.ProjectID, TraceID: of.TraceID, After: dated, Part: store.AnyPart,
	})
	if err != nil {
		return nil, err
	}
	records, err := m.codec.dated(stored, changed)
	if err != nil {
		return nil, err
	}
	sum := facts.NewRecord()
	for _, r := range records {
		sum.Merge(r)
	}
	return sum.Operations(), nil
}
