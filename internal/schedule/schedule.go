// Package schedule says when something is on: on some days of the week, from one time of day to
// another, in a time zone.
package schedule

import (
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // time zones do not depend on the machine
)

// Spec is the text form of a Schedule.
type Spec struct {
	Weekdays []string `json:"weekdays"`  // on which a period begins: "mon" to "sun"
	From     string   `json:"from"`      // "00:00" to "23:59"
	To       string   `json:"to"`        // "00:00" to "24:00"; if it is before From, on the next day
	TimeZone string   `json:"time_zone"` // of the IANA database, such as "Europe/Berlin"
}

// Schedule is a set of periods that repeats every week. It is immutable.
type Schedule struct {
	days     [7]bool // by time.Weekday: whether a period begins on it
	from, to int     // minutes after the midnight at which the day of its begin starts
	zone     *time.Location
}

// weekdays are the names of the days, in the order of time.Weekday.
var weekdays = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

const dayMinutes = 24 * 60

// Error says what is wrong with one field of a Spec.
type Error struct{ Field, Detail string }

// Error implements error.
func (e *Error) Error() string { return e.Field + " " + e.Detail }

// New returns the schedule of a spec. Any error is an *Error.
func New(spec Spec) (*Schedule, error) {
	s := &Schedule{}
	if err := s.setDays(spec.Weekdays); err != nil {
		return nil, err
	}
	var ok bool
	if s.from, ok = minutesOf(spec.From); !ok || s.from == dayMinutes {
		return nil, &Error{"from", `must be a time of day from "00:00" to "23:59"`}
	}
	if s.to, ok = minutesOf(spec.To); !ok {
		return nil, &Error{"to", `must be a time of day from "00:00" to "24:00"`}
	}
	if s.from == s.to {
		return nil, &Error{"to", `must differ from the time "from"; a whole day is from "00:00" to "24:00"`}
	}
	if s.to < s.from {
		s.to += dayMinutes
	}
	zone, err := time.LoadLocation(spec.TimeZone)
	if err != nil || spec.TimeZone == "" || spec.TimeZone == "Local" {
		return nil, &Error{"time_zone", `must be a name of the IANA time zone database, such as "Europe/Berlin"`}
	}
	s.zone = zone
	return s, nil
}

func (s *Schedule) setDays(names []string) error {
	for _, name := range names {
		day := slices.Index(weekdays[:], name)
		if day < 0 {
			return &Error{"weekdays", "must have only mon, tue, wed, thu, fri, sat and sun"}
		}
		if s.days[day] {
			return &Error{"weekdays", "must have each day once"}
		}
		s.days[day] = true
	}
	if len(names) == 0 {
		return &Error{"weekdays", "must have at least one day"}
	}
	return nil
}

// minutesOf parses a time of day from "00:00" to "24:00".
func minutesOf(text string) (minutes int, ok bool) {
	if text == "24:00" {
		return dayMinutes, true
	}
	t, err := time.Parse("15:04", text)
	return t.Hour()*60 + t.Minute(), err == nil && len(text) == len("15:04")
}

// Spec returns the text form, with the days in the order of a week that begins on Monday.
func (s *Schedule) Spec() Spec {
	spec := Spec{From: clock(s.from), To: clock(s.to), TimeZone: s.zone.String()}
	if s.to > dayMinutes {
		spec.To = clock(s.to - dayMinutes)
	}
	for i := range weekdays {
		if day := (i + 1) % len(weekdays); s.days[day] {
			spec.Weekdays = append(spec.Weekdays, weekdays[day])
		}
	}
	return spec
}

func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// String returns the schedule for a person: "mon,tue 09:00–17:30 Europe/Berlin".
func (s *Schedule) String() string {
	spec := s.Spec()
	return fmt.Sprintf("%s %s–%s %s", strings.Join(spec.Weekdays, ","), spec.From, spec.To, spec.TimeZone)
}

// Active reports whether at is in a period.
func (s *Schedule) Active(at time.Time) bool {
	y, m, d := at.In(s.zone).Date()
	for _, day := range []int{d - 1, d} { // a period may have begun on the day before
		start, end, ok := s.period(y, m, day)
		if ok && !at.Before(start) && at.Before(end) {
			return true
		}
	}
	return false
}

// Next returns the first time later than at when a period starts or ends. It returns the zero time
// if there is none, because the periods have no gap.
func (s *Schedule) Next(at time.Time) time.Time {
	const days = 16 // two weeks and a day: the clocks may skip the only period of a week
	var edges []time.Time
	y, m, d := at.In(s.zone).Date()
	for day := d - 1; day < d+days; day++ {
		if start, end, ok := s.period(y, m, day); ok {
			edges = append(edges, start, end)
		}
	}
	slices.SortFunc(edges, time.Time.Compare)
	active := s.Active(at)
	for _, edge := range edges {
		if edge.After(at) && s.Active(edge) != active {
			return edge
		}
	}
	return time.Time{}
}

// period returns the period that begins on a day, if there is one. The day may be out of the range
// of its month.
func (s *Schedule) period(y int, m time.Month, d int) (start, end time.Time, ok bool) {
	if !s.days[time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Weekday()] {
		return start, end, false
	}
	start, _ = s.instants(y, m, d, s.from)
	_, end = s.instants(y, m, d, s.to)
	return start, end, true
}

// instants returns the first and the last time at which the clocks of the zone show a time of day.
// They show it twice when they are put back. When they skip it, both are the time of the change.
func (s *Schedule) instants(y int, m time.Month, d, minutes int) (first, last time.Time) {
	shown := time.Date(y, m, d, 0, minutes, 0, 0, time.UTC)
	var found []time.Time
	for _, near := range []time.Time{shown.AddDate(0, 0, -2), shown.AddDate(0, 0, 2)} {
		_, offset := near.In(s.zone).Zone()
		at := shown.Add(-time.Duration(offset) * time.Second)
		if _, actual := at.In(s.zone).Zone(); actual == offset {
			found = append(found, at)
		}
	}
	if len(found) == 0 {
		_, offset := shown.AddDate(0, 0, -2).In(s.zone).Zone()
		change, _ := shown.Add(-time.Duration(offset) * time.Second).In(s.zone).ZoneBounds()
		return change.UTC(), change.UTC()
	}
	return slices.MinFunc(found, time.Time.Compare), slices.MaxFunc(found, time.Time.Compare)
}
