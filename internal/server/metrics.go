package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"akita/internal/api"
	"akita/internal/ingest"
	"akita/internal/queue"
)

// metrics holds the metrics of GET /metrics. Labels have routes instead of paths,
// so that clients can neither add time series nor put names into them.
type metrics struct {
	registry     *prometheus.Registry
	logger       *slog.Logger
	now          func() time.Time
	requests     *prometheus.CounterVec
	durations    *prometheus.HistogramVec
	bundles      *prometheus.CounterVec
	logInsFailed prometheus.Counter
}

func newMetrics(q queue.Queue, w *ingest.Worker, s Settings) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		logger:   s.Logger,
		now:      s.Now,
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "akita_http_requests_total", Help: "HTTP requests, by route and status code.",
		}, []string{"route", "code"}),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "akita_http_request_duration_seconds",
			Help:    "Duration of HTTP requests, by route, including the waits of long polls and event streams.",
			Buckets: prometheus.ExponentialBuckets(0.0005, 4, 9), // 0.5 ms to 33 s
		}, []string{"route"}),
		bundles: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "akita_bundles_received_total",
			Help: "Uploaded bundles, by result: accepted, duplicate, refused (permanent), full or failed (to be retried).",
		}, []string{"result"}),
		logInsFailed: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "akita_logins_failed_total", Help: "Log-ins refused because of wrong credentials or too many attempts.",
		}),
	}
	m.registry.MustRegister(m.requests, m.durations, m.bundles, m.logInsFailed, buildInfo(s.Version),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.registry.MustRegister(queueCollectors(q)...)
	m.registry.MustRegister(workerCollectors(w)...)
	return m
}

func buildInfo(version string) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "akita_build_info", Help: "Always 1; the label has the server's version.",
		ConstLabels: prometheus.Labels{"version": version},
	}, func() float64 { return 1 })
}

func queueCollectors(q queue.Queue) []prometheus.Collector {
	depth := func(choose func(items, bytes int64) int64) func() float64 {
		return func() float64 {
			items, bytes, err := q.Depth(context.Background())
			if err != nil {
				return -1
			}
			return float64(choose(items, bytes))
		}
	}
	return []prometheus.Collector{
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "akita_queue_bundles", Help: "Bundles in the queue, accepted but not folded yet.",
		}, depth(func(items, _ int64) int64 { return items })),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "akita_queue_bytes", Help: "Bytes of the bundles in the queue.",
		}, depth(func(_, bytes int64) int64 { return bytes })),
	}
}

func workerCollectors(w *ingest.Worker) []prometheus.Collector {
	counter := func(name, help string, of func(ingest.Stats) int64) prometheus.Collector {
		return prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help},
			func() float64 { return float64(of(w.Stats())) })
	}
	return []prometheus.Collector{
		counter("akita_folds_total", "Transactions that folded bundles.",
			func(s ingest.Stats) int64 { return s.Steps }),
		counter("akita_bundles_folded_total", "Bundles folded.",
			func(s ingest.Stats) int64 { return s.Bundles }),
		counter("akita_witnesses_folded_total", "Witnesses folded.",
			func(s ingest.Stats) int64 { return s.Witnesses }),
		counter("akita_bundles_quarantined_total", "Bundles that could not be folded and were quarantined.",
			func(s ingest.Stats) int64 { return s.Quarantined }),
		counter("akita_bundles_dropped_total", "Bundles of deleted traces, which were not folded.",
			func(s ingest.Stats) int64 { return s.Dropped }),
	}
}

func (m *metrics) handler() http.Handler {
	errorLog := slog.NewLogLogger(m.logger.Handler(), slog.LevelError)
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorLog: errorLog})
}

// observe counts the requests of next and measures their duration.
func (m *metrics) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := m.now()
		recorder := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
		defer func() {
			m.requests.WithLabelValues(r.Pattern, strconv.Itoa(recorder.status)).Inc() // the mux has set Pattern
			m.durations.WithLabelValues(r.Pattern).Observe(m.now().Sub(begin).Seconds())
		}()
		next.ServeHTTP(recorder, r)
	})
}

// statusRecorder records the status of a response.
type statusRecorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (s *statusRecorder) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (s *statusRecorder) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// count returns Bundles that count the results of next.
func (m *metrics) count(next api.Bundles) api.Bundles { return countedBundles{next, m.bundles} }

type countedBundles struct {
	next   api.Bundles
	counts *prometheus.CounterVec
}

// Accept implements api.Bundles.
func (c countedBundles) Accept(ctx context.Context, b ingest.Bundle) (witnesses int, duplicate bool, err error) {
	witnesses, duplicate, err = c.next.Accept(ctx, b)
	c.counts.WithLabelValues(resultOf(duplicate, err)).Inc()
	return witnesses, duplicate, err
}

func resultOf(duplicate bool, err error) string {
	switch {
	case err == nil && duplicate:
		return "duplicate"
	case err == nil:
		return "accepted"
	case errors.Is(err, ingest.ErrFull):
		return "full"
	case errors.Is(err, ingest.ErrMalformed), errors.Is(err, ingest.ErrTooLarge), errors.Is(err, ingest.ErrEncoding):
		return "refused"
	default:
		return "failed"
	}
}
