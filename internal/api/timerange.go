package api

import (
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"akita/internal/store"
)

// hours returns the hours that the parameters from and to of a query select: from that of from up to,
// but not including, the first one that begins at or after to. 0 stands for no limit.
func hours(query url.Values, now time.Time) (from, to store.Hour, err error) {
	var f fields
	read := func(name string) (t time.Time) {
		text := query.Get(name)
		if text == "" {
			return t
		}
		t, err := instant(text, now)
		if err != nil {
			f.add(name, err.Error())
		}
		return t
	}
	if t := read("from"); !t.IsZero() {
		from = store.HourOf(t)
	}
	if t := read("to"); !t.IsZero() {
		to = store.HourOf(t.Add(time.Hour - 1))
	}
	if f.err() == nil && from != 0 && to != 0 && from >= to {
		f.add("to", "must be later than from")
	}
	return from, to, f.err()
}

var errInstant = errors.New(
	"must be a time such as 2026-01-31T14:00:00Z, a day such as 2026-01-31, now, or a time before now such as -24h or -7d")

// instant reads a time as RFC 3339 writes it, a day in UTC, "now", or a negative duration before now in
// minutes, hours, days or weeks.
func instant(text string, now time.Time) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil && t.Unix() > 0 {
			return t, nil
		}
	}
	if text == "now" {
		return now, nil
	}
	units := map[string]time.Duration{
		"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour,
	}
	digits, negative := strings.CutPrefix(text, "-")
	if !negative || len(digits) < 2 {
		return time.Time{}, errInstant
	}
	unit, known := units[digits[len(digits)-1:]]
	n, err := strconv.ParseUint(digits[:len(digits)-1], 10, 16)
	if !known || err != nil {
		return time.Time{}, errInstant
	}
	return now.Add(-time.Duration(n) * unit), nil
}
