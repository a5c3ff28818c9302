package api

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/ingest"
	"akita/internal/series"
	"akita/internal/store"
)

// maxBuckets bounds the buckets of one answer: two days by the minute.
const maxBuckets = 2880

// Defaults of a series.
const (
	defaultSeriesSpan = 24 * time.Hour
	defaultSeriesStep = time.Hour
)

// seriesAnswer is the counts of a range of time, bucket by bucket.
type seriesAnswer struct {
	From        time.Time `json:"from"`
	To          time.Time `json:"to"`
	StepSeconds int       `json:"step_seconds"`
	Buckets     []bucket  `json:"buckets"`
}

// bucket counts the calls of one step.
type bucket struct {
	Start         time.Time                   `json:"start"`
	Calls         uint64                      `json:"calls"`
	Errors        uint64                      `json:"errors"`
	Statuses      map[string]uint64           `json:"statuses"`
	LatencyMs     apimodel.LatencyPercentiles `json:"latency_ms"`
	RequestBytes  uint64                      `json:"request_bytes"`
	ResponseBytes uint64                      `json:"response_bytes"`

	latency apimodel.Latencies
}

func (b *bucket) add(status int, c *series.Count) {
	b.Calls += c.Calls
	if status >= 400 {
		b.Errors += c.Calls
	}
	if status != 0 {
		b.Statuses[strconv.Itoa(status)] += c.Calls
	}
	b.RequestBytes += c.RequestBytes
	b.ResponseBytes += c.ResponseBytes
	b.latency.Merge(&c.Latency)
}

// steps is a range of time that is divided into equal steps.
type steps struct {
	from, to time.Time
	step     time.Duration
}

func (s steps) count() int { return int(s.to.Sub(s.from) / s.step) }

func (h *Handler) getSeries(w http.ResponseWriter, r *http.Request) error {
	project, err := h.project(r)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	if _, err := filterOf(url.Values{"status": query["status"]}); err != nil {
		return err
	}
	steps, err := stepsOf(query, h.now().UTC(), project.Joined.Hours)
	if err != nil {
		return err
	}
	of := ingest.Scope{ProjectID: project.ID}
	if of.TraceID, err = h.traceInQuery(r, project); err != nil {
		return err
	}
	belongs, err := h.belongs(r, of, query.Get("endpoint"))
	if err != nil {
		return err
	}
	of.From, of.To = store.HourOf(steps.from), store.HourOf(steps.to.Add(time.Hour-1))
	answer := seriesAnswer{From: steps.from, To: steps.to, StepSeconds: int(steps.step.Seconds())}
	for i := range steps.count() {
		start := steps.from.Add(time.Duration(i) * steps.step)
		answer.Buckets = append(answer.Buckets, bucket{Start: start, Statuses: make(map[string]uint64)})
	}
	for count, err := range h.models.Series(r.Context(), of) {
		if err != nil {
			return err
		}
		at := count.Start.Sub(steps.from)
		if at < 0 || !count.Start.Before(steps.to) ||
			!endpoints.HasStatus(count.Status, query["status"]) || !belongs(count.Operation) {
			continue
		}
		answer.Buckets[at/steps.step].add(count.Status, count.Count)
	}
	for i := range answer.Buckets {
		answer.Buckets[i].LatencyMs = answer.Buckets[i].latency.Percentiles()
	}
	return ok(w, answer)
}

// belongs returns a function that reports whether the calls of an operation are those of an endpoint;
// those of all operations are if id is "". The endpoint is one of the trace, or of the whole project.
func (h *Handler) belongs(
	r *http.Request, of ingest.Scope, id string,
) (belongs func(apimodel.OperationKey) bool, err error) {
	if id == "" {
		return func(apimodel.OperationKey) bool { return true }, nil
	}
	for _, of := range []ingest.Scope{of, {ProjectID: of.ProjectID}} {
		set, err := h.models.Endpoints(r.Context(), of)
		if err != nil {
			return nil, err
		}
		wanted := set.ByID(id)
		if wanted == nil {
			continue
		}
		known := make(map[apimodel.OperationKey]bool)
		return func(key apimodel.OperationKey) bool {
			is, ok := known[key]
			if !ok {
				is = set.Match(key) == wanted
				known[key] = is
			}
			return is
		}, nil
	}
	return nil, noSuchEndpoint()
}

// stepsOf returns the steps that a query selects. Hours before minutes are not counted by the minute.
func stepsOf(query url.Values, now time.Time, minutes store.Hour) (s steps, err error) {
	var f fields
	read := func(name string, otherwise time.Time) time.Time {
		text := query.Get(name)
		if text == "" {
			return otherwise
		}
		t, err := instant(text, now)
		if err != nil {
			f.add(name, err.Error())
		}
		return t.UTC()
	}
	s.to = read("to", now)
	s.from = read("from", s.to.Add(-defaultSeriesSpan))
	s.step = defaultSeriesStep
	if text := query.Get("step"); text != "" {
		if s.step, err = stepOf(text); err != nil {
			f.add("step", err.Error())
		}
	}
	if err := f.err(); err != nil {
		return s, err
	}
	if !s.from.Before(s.to) {
		f.add("to", "must be later than from")
		return s, f.err()
	}
	s.align()
	if minutes := max(minutes, store.HourOf(now.Add(-ingest.KeepMinutes))); s.step < time.Hour &&
		s.from.Before(minutes.Time()) {
		f.add("step", fmt.Sprintf("must be 1h or more for times before %s: calls are counted by the minute for %d hours; "+
			"ask for a later from, or with step=1h", minutes.Time().Format(time.RFC3339), ingest.KeepMinutes/time.Hour))
	}
	if n := s.count(); n > maxBuckets {
		f.add("step", fmt.Sprintf("makes %d buckets, at most %d are possible: ask with step=%s or more", n, maxBuckets,
			s.larger()))
	}
	return s, f.err()
}

// align moves both ends to the borders of steps. Steps of several days begin at the day of from.
func (s *steps) align() {
	grid := min(s.step, day)
	s.from = s.from.Truncate(grid)
	if over := s.to.Sub(s.from) % s.step; over > 0 {
		s.to = s.to.Add(s.step - over)
	}
}

const day = 24 * time.Hour

// larger returns the smallest step that makes no more than maxBuckets buckets.
func (s *steps) larger() string {
	for _, text := range []string{"5m", "15m", "1h", "6h", "1d"} {
		step, err := stepOf(text)
		if err == nil && s.to.Sub(s.from)/step < maxBuckets {
			return text
		}
	}
	return strconv.Itoa(int(s.to.Sub(s.from)/day)/maxBuckets+1) + "d"
}

var errStep = errors.New("must be minutes that divide an hour, such as 1m, 5m or 15m, hours that divide a day, such " +
	"as 1h or 6h, or days, such as 1d or 7d")

// stepOf reads a step: minutes or hours that divide an hour or a day, or days.
func stepOf(text string) (time.Duration, error) {
	for suffix, unit := range map[string]struct{ one, whole time.Duration }{
		"m": {time.Minute, time.Hour}, "h": {time.Hour, day}, "d": {day, 0},
	} {
		digits, is := strings.CutSuffix(text, suffix)
		n, err := strconv.ParseUint(digits, 10, 12)
		if !is || err != nil || n == 0 {
			continue
		}
		step := time.Duration(n) * unit.one
		if unit.whole == 0 || unit.whole%step == 0 {
			return step, nil
		}
	}
	return 0, errStep
}
