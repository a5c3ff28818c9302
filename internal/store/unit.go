package store

import (
	"slices"
	"time"

	"akita/internal/hour"
)

// Fold is a transaction: it writes units and moves the queue position up to which everything is
// folded.
type Fold struct {
	After    int64 // the stored position from which the units were computed
	Position int64 // the new position: the units include every item up to it
	Units    []Unit
	Counts   map[string]int64 // by trace id: the witnesses that the fold adds
}

// Hour is a number of hours since 1970, UTC.
type Hour = hour.Hour

// HourOf returns the hour of a time.
func HourOf(t time.Time) Hour { return hour.Of(t) }

// Joined says which hours of a project are joined: those before Days to days, and those before Months
// to months. The minutes of the series of those before Hours are joined to hours.
type Joined struct{ Days, Months, Hours Hour }

// Span returns the unit of time that holds an hour: its first hour and how many hours it has.
func (j Joined) Span(h Hour) (start Hour, hours int) {
	t := h.Time()
	switch {
	case h < j.Months:
		first := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
		return HourOf(first), int(HourOf(first.AddDate(0, 1, 0)) - HourOf(first))
	case h < j.Days:
		return HourOf(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)), 24
	}
	return h, 1
}

// Capture is the set of traces that saw the same calls. It is made for the first of them.
//
// If Repeats is not empty, its calls are stored a second time: the capture of the traces in Repeats
// has them too. They count in the traces of this one, and not in the project.
type Capture struct {
	ID        int64
	ProjectID string
	TraceIDs  []string // in order
	Repeats   []string // in order
}

// Without returns what a capture is when a trace is deleted, and reports whether that differs. A
// capture that repeats only the deleted trace becomes one that counts in the project.
func (c Capture) Without(traceID string) (rest Capture, differs bool) {
	other := func(id string) bool { return id == traceID }
	rest = c
	rest.TraceIDs = slices.DeleteFunc(slices.Clone(c.TraceIDs), other)
	rest.Repeats = slices.DeleteFunc(slices.Clone(c.Repeats), other)
	return rest, len(rest.TraceIDs) != len(c.TraceIDs) || len(rest.Repeats) != len(c.Repeats)
}

// Unit is what is stored of the calls of one capture, some hours and one part (apimodel.Part).
type Unit struct {
	CaptureID int64
	Start     Hour
	Part      int
	Hours     int
	Witnesses int64
	Version   int64  // of its last change, set by the store
	Model     []byte // encoded
	Sum       bool   // the store has the units that it sums up too
	// Series counts the calls by time, encoded. It is nil for a unit that an earlier version wrote, and
	// where it was not asked for.
	Series []byte
}

// Units selects units of a project.
type Units struct {
	ProjectID string
	TraceID   string // "" for all traces, without captures that repeat; or EveryCapture
	CaptureID int64  // of one capture, whether it repeats or not; 0 for those of the trace
	From, To  Hour   // units that have an hour from From up to, but not including, To; 0 for no limit
	After     int64  // units that were changed after this version
	Part      int    // of one part; AnyPart for all
	Sums      bool   // prefer sums to the units that they hold; not with After
	Of        What   // what is read of each
}

// What says what of units is read.
type What int

// The choices of What.
const (
	OnlyModels What = iota
	OnlySeries      // of the units that have one
	ModelsAndSeries
)

// EveryCapture selects the units of all captures, those that repeat others too. It stands in place of
// the id of a trace.
const EveryCapture = "*"

// AnyPart selects the units of all parts.
const AnyPart = -1

// Version identifies the state of the units of a project or trace.
type Version struct {
	Generation int64 // changes when units are removed: what was read before may be gone
	Last       int64 // the greatest version of a unit
}

// Join replaces units by their sums: all of one project from From up to, but not including, To.
type Join struct {
	ProjectID string
	From, To  Hour
	Joined    Joined // the project's new state
	Units     []Unit // the sums
}

// Span is the hours from From up to, but not including, To.
type Span struct{ From, To Hour }

// Sums are the sums of all units of a project in a span, one for each capture and part. A unit is in
// the span or outside of it.
type Sums struct {
	ProjectID string
	Span
	Version Version // of the project's units from which they were computed
	Units   []Unit  // their Version is the greatest of the units
}

// Deletion removes a trace from its captures, in the order of their ids, and from those that
// repeat it. A capture of this trace alone goes with its units. If a capture without the trace
// exists already (a, where a,b loses b), it takes over the units.
type Deletion struct {
	ProjectID string
	TraceID   string
	Version   Version // of the project's units from which Sums were computed
	// Sums replaces units of several captures with the same hour and part. Each belongs to the capture
	// that stays.
	Sums []Unit
	// Facts are those of the captures that stay, with those of the captures that go.
	Facts []FactRecord
}

// FactRecord holds the dated facts of one capture and part.
type FactRecord struct {
	CaptureID int64
	Part      int
	Record    []byte // encoded; empty: there are none
}

// TraceModel is the model of one trace that a version before units wrote.
type TraceModel struct {
	TraceID   string
	ProjectID string
	Start     time.Time // of the trace
	Witnesses int64
	Model     []byte
}
