package api

import (
	"errors"
	"fmt"
	"time"

	"akita/internal/schedule"
	"akita/internal/store"
)

// untilOf describes the window of a trace for the log.
func untilOf(t store.Trace) string {
	switch {
	case t.Schedule != nil:
		return "stopped, " + t.Schedule.String()
	case t.End.IsZero():
		return "stopped"
	}
	return t.End.Format(time.RFC3339)
}

// newTrace is the NewTrace of openapi.yaml.
type newTrace struct {
	DurationHours *int           `json:"duration_hours"`
	UntilStopped  *bool          `json:"until_stopped"`
	Schedule      *schedule.Spec `json:"schedule"`
}

// window returns a trace with a start, and the end and schedule that the request asks for.
func (n newTrace) window(start time.Time) (store.Trace, error) {
	t := store.Trace{Start: start}
	var f fields
	n.checkOne(&f)
	if hours := n.DurationHours; hours != nil {
		f.hours("duration_hours", *hours)
		t.End = start.Add(time.Duration(*hours) * time.Hour)
	}
	if n.UntilStopped != nil && !*n.UntilStopped {
		f.add("until_stopped", "must be true, or be left out")
	}
	if n.Schedule != nil {
		var err error
		if t.Schedule, err = schedule.New(*n.Schedule); err != nil {
			f.schedule(err)
		}
	}
	return t, f.err()
}

// checkOne checks that exactly one kind of window is given.
func (n newTrace) checkOne(f *fields) {
	var given []string
	for _, kind := range []struct {
		field string
		given bool
	}{
		{"duration_hours", n.DurationHours != nil},
		{"until_stopped", n.UntilStopped != nil},
		{"schedule", n.Schedule != nil},
	} {
		if kind.given {
			given = append(given, kind.field)
		}
	}
	if len(given) == 0 {
		f.add("duration_hours", fmt.Sprintf(
			"must be a whole number of hours from 1 to %d, unless until_stopped or schedule is sent", maxTraceHours))
		return
	}
	for _, field := range given[1:] {
		f.add(field, "cannot be combined with "+given[0])
	}
}

// hours checks a number of hours.
func (f *fields) hours(field string, hours int) {
	if hours < 1 || hours > maxTraceHours {
		f.add(field, fmt.Sprintf("must be a whole number of hours from 1 to %d", maxTraceHours))
	}
}

// schedule adds an error of schedule.New.
func (f *fields) schedule(err error) {
	if e, ok := errors.AsType[*schedule.Error](err); ok {
		f.add("schedule."+e.Field, e.Detail)
		return
	}
	f.add("schedule", err.Error())
}
