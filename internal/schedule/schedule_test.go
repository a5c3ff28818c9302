package schedule_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"akita/internal/schedule"
)

func parse(t *testing.T, spec schedule.Spec) *schedule.Schedule {
	t.Helper()
	s, err := schedule.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func at(t *testing.T, text string) time.Time {
	t.Helper()
	parsed, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestInvalidSpecs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*schedule.Spec)
		field  string
	}{
		"no day":           {func(s *schedule.Spec) { s.Weekdays = nil }, "weekdays"},
		"unknown day":      {func(s *schedule.Spec) { s.Weekdays = []string{"monday"} }, "weekdays"},
		"repeated day":     {func(s *schedule.Spec) { s.Weekdays = []string{"mon", "mon"} }, "weekdays"},
		"no from":          {func(s *schedule.Spec) { s.From = "" }, "from"},
		"from one digit":   {func(s *schedule.Spec) { s.From = "9:00" }, "from"},
		"from at 24":       {func(s *schedule.Spec) { s.From = "24:00" }, "from"},
		"to after 24":      {func(s *schedule.Spec) { s.To = "24:01" }, "to"},
		"to with seconds":  {func(s *schedule.Spec) { s.To = "10:00:00" }, "to"},
		"empty period":     {func(s *schedule.Spec) { s.To = s.From }, "to"},
		"no zone":          {func(s *schedule.Spec) { s.TimeZone = "" }, "time_zone"},
		"zone of machine":  {func(s *schedule.Spec) { s.TimeZone = "Local" }, "time_zone"},
		"unknown zone":     {func(s *schedule.Spec) { s.TimeZone = "Europe/Paderborn" }, "time_zone"},
		"zone as a path":   {func(s *schedule.Spec) { s.TimeZone = "../../etc/passwd" }, "time_zone"},
		"zone as a offset": {func(s *schedule.Spec) { s.TimeZone = "+01:00" }, "time_zone"},
	} {
		spec := schedule.Spec{Weekdays: []string{"mon"}, From: "09:00", To: "17:30", TimeZone: "Europe/Berlin"}
		c.change(&spec)
		_, err := schedule.New(spec)
		if e, ok := errors.AsType[*schedule.Error](err); !ok || e.Field != c.field {
			t.Errorf("%s: %v, want an error of %s", name, err, c.field)
		}
	}
}

func TestSpecAndString(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		spec schedule.Spec
		text string
	}{
		{schedule.Spec{Weekdays: []string{"sun", "mon"}, From: "09:00", To: "17:30", TimeZone: "Europe/Berlin"}, "mon,sun 09:00–17:30 Europe/Berlin"},
		{schedule.Spec{Weekdays: []string{"sat"}, From: "22:00", To: "06:00", TimeZone: "UTC"}, "sat 22:00–06:00 UTC"},
		{schedule.Spec{Weekdays: []string{"sat"}, From: "22:00", To: "00:00", TimeZone: "UTC"}, "sat 22:00–24:00 UTC"},
		{schedule.Spec{Weekdays: []string{"wed"}, From: "00:00", To: "24:00", TimeZone: "UTC"}, "wed 00:00–24:00 UTC"},
	} {
		s := parse(t, c.spec)
		if s.String() != c.text {
			t.Errorf("%+v is %s, want %s", c.spec, s, c.text)
		}
		if again := parse(t, s.Spec()); again.String() != c.text {
			t.Errorf("%+v is %s after a round trip", c.spec, again)
		}
	}
}

// The edges are those of some days around the one on which the clocks change.
func TestEdges(t *testing.T) {
	t.Parallel()
	week := []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
	for name, c := range map[string]struct {
		spec  schedule.Spec
		from  string
		edges []string // the first is a start
	}{
		"office hours, over a weekend": {
			schedule.Spec{Weekdays: week[:5], From: "09:00", To: "17:30", TimeZone: "Europe/Berlin"},
			"2026-01-16T00:00:00Z", // Friday
			[]string{"2026-01-16T08:00:00Z", "2026-01-16T16:30:00Z", "2026-01-19T08:00:00Z", "2026-01-19T16:30:00Z"},
		},
		"Berlin in spring": {
			schedule.Spec{Weekdays: week, From: "09:00", To: "10:00", TimeZone: "Europe/Berlin"},
			"2026-03-28T00:00:00Z",
			[]string{"2026-03-28T08:00:00Z", "2026-03-28T09:00:00Z", "2026-03-29T07:00:00Z", "2026-03-29T08:00:00Z"},
		},
		"New York in autumn": {
			schedule.Spec{Weekdays: week, From: "09:00", To: "10:00", TimeZone: "America/New_York"},
			"2026-10-31T04:00:00Z",
			[]string{"2026-10-31T13:00:00Z", "2026-10-31T14:00:00Z", "2026-11-01T14:00:00Z", "2026-11-01T15:00:00Z"},
		},
		"over midnight, while clocks are put forward": { // the night has 7 hours
			schedule.Spec{Weekdays: []string{"sat"}, From: "22:00", To: "06:00", TimeZone: "Europe/Berlin"},
			"2026-03-28T00:00:00Z",
			[]string{"2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z", "2026-04-04T20:00:00Z"},
		},
		"over midnight, while clocks are put back": { // the night has 9 hours
			schedule.Spec{Weekdays: []string{"sat"}, From: "22:00", To: "06:00", TimeZone: "America/New_York"},
			"2026-10-31T04:00:00Z",
			[]string{"2026-11-01T02:00:00Z", "2026-11-01T11:00:00Z"},
		},
		"it begins in the hour that is skipped": {
			schedule.Spec{Weekdays: []string{"sun"}, From: "02:30", To: "04:00", TimeZone: "Europe/Berlin"},
			"2026-03-28T00:00:00Z",
			[]string{"2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"},
		},
		"it ends in the hour that is skipped": {
			schedule.Spec{Weekdays: []string{"sun"}, From: "01:00", To: "02:30", TimeZone: "America/New_York"},
			"2026-03-07T12:00:00Z",
			[]string{"2026-03-08T06:00:00Z", "2026-03-08T07:00:00Z"},
		},
		"it is all in the hour that is skipped": { // so it begins a week later
			schedule.Spec{Weekdays: []string{"sun"}, From: "02:10", To: "02:50", TimeZone: "Europe/Berlin"},
			"2026-03-28T00:00:00Z",
			[]string{"2026-04-05T00:10:00Z", "2026-04-05T00:50:00Z"},
		},
		"it is in the hour that comes twice": {
			schedule.Spec{Weekdays: []string{"sun"}, From: "02:10", To: "02:50", TimeZone: "Europe/Berlin"},
			"2026-10-24T12:00:00Z",
			[]string{"2026-10-25T00:10:00Z", "2026-10-25T01:50:00Z"},
		},
		"it begins and ends around the hour that comes twice": {
			schedule.Spec{Weekdays: []string{"sun"}, From: "01:30", To: "02:30", TimeZone: "America/New_York"},
			"2026-10-31T12:00:00Z",
			[]string{"2026-11-01T05:30:00Z", "2026-11-01T07:30:00Z"},
		},
		"days without a gap": {
			schedule.Spec{Weekdays: []string{"mon", "tue"}, From: "00:00", To: "24:00", TimeZone: "UTC"},
			"2026-01-10T00:00:00Z",
			[]string{"2026-01-12T00:00:00Z", "2026-01-14T00:00:00Z", "2026-01-19T00:00:00Z"},
		},
		"a day that a country skipped": {
			schedule.Spec{Weekdays: []string{"fri"}, From: "00:00", To: "24:00", TimeZone: "Pacific/Apia"},
			"2011-12-28T00:00:00Z",
			[]string{"2012-01-05T10:00:00Z", "2012-01-06T10:00:00Z"},
		},
	} {
		s := parse(t, c.spec)
		active, now := false, at(t, c.from)
		for _, want := range c.edges {
			if got := s.Active(now); got != active {
				t.Errorf("%s: active is %t at %s", name, got, now)
			}
			next := s.Next(now)
			if !next.Equal(at(t, want)) {
				t.Errorf("%s: after %s comes %s, want %s", name, now, next, want)
				break
			}
			now, active = next, !active
		}
	}
}

func TestNoEdgeWithoutAGap(t *testing.T) {
	t.Parallel()
	s := parse(t, schedule.Spec{
		Weekdays: []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}, From: "00:00", To: "24:00", TimeZone: "Europe/Berlin",
	})
	now := at(t, "2026-03-29T00:30:00Z")
	if !s.Active(now) || !s.Next(now).IsZero() {
		t.Errorf("active is %t, the next edge %s", s.Active(now), s.Next(now))
	}
}

func TestNextAgreesWithActive(t *testing.T) {
	t.Parallel()
	zones := []string{"UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo"}
	rapid.Check(t, func(t *rapid.T) {
		minutes := rapid.IntRange(0, 24*60-1)
		clock := func(minutes int) string { return time.Unix(int64(minutes)*60, 0).UTC().Format("15:04") }
		days := rapid.SliceOfNDistinct(
			rapid.SampledFrom([]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}), 1, 7, rapid.ID[string],
		).Draw(t, "days")
		from := minutes.Draw(t, "from")
		to := minutes.Filter(func(m int) bool { return m != from }).Draw(t, "to")
		s, err := schedule.New(schedule.Spec{
			Weekdays: days, From: clock(from), To: clock(to), TimeZone: rapid.SampledFrom(zones).Draw(t, "zone"),
		})
		if err != nil {
			t.Fatal(err)
		}
		year := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		now := year.Add(time.Duration(rapid.IntRange(0, 366*24*60).Draw(t, "minute")) * time.Minute)
		next := s.Next(now)
		if next.IsZero() {
			t.Fatalf("no edge after %s", now)
		}
		checks := []time.Time{now, next.Add(-1)}
		for range 20 {
			checks = append(checks, now.Add(time.Duration(rapid.Int64Range(0, int64(next.Sub(now))-1).Draw(t, "between"))))
		}
		if slices.ContainsFunc(checks, func(c time.Time) bool { return s.Active(c) != s.Active(now) }) ||
			s.Active(next) == s.Active(now) {
			t.Fatalf("%s: after %s, it does not change at %s first", s, now, next)
		}
	})
}
