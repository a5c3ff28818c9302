// Package local serves middlewares on this machine: the long poll for traces, and
// the events. It trusts no client: see guard.
package local

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"akita/internal/agent/spool"
	"akita/internal/agent/tally"
	"akita/internal/agent/token"
	"akita/internal/agent/traces"
	"akita/internal/gate"
	"akita/internal/witness"
)

// Time limits of one request, and the sizes of its parts.
const (
	headerTimeout = 5 * time.Second
	bodyTimeout   = 30 * time.Second // of waiting for a body
	answerTimeout = 10 * time.Second
	idleTimeout   = 2 * time.Minute

	hurriedTimeout = 2 * time.Second // of waiting for a body while other requests wait for its place

	minBodyRate = 64 << 10 // bytes per second of a body, once its timeout is used up

	maxHeaderBytes = 64 << 10
	maxEventsBytes = 2 << 30  // of one events request, which is read as a stream
	maxEventBytes  = 4 << 20  // of one event in it; a larger one is dropped and counted
	maxAskBytes    = 64 << 10 // of one middleware request
	maxNameBytes   = 300      // of a name in a path or a body
)

// hold is how long a middleware request waits for a change.
const hold = 30 * time.Second

// Config is what a Server works with.
type Config struct {
	Registry *traces.Registry
	Spool    *spool.Spool
	Routes   Reports
	// Documents are the OpenAPI documents that applications generate.
	Documents Reports
	Witness   witness.Options
	// Gate withholds names; nil withholds none.
	Gate *gate.Gate
	// Token is what clients must know; the zero Token lets every client in.
	Token token.Token
	// Status returns the answer to GET /status, to be encoded as JSON.
	Status func() any

	Now    func() time.Time
	Logger *slog.Logger
}

// Server answers middlewares; New makes one.
type Server struct {
	config Config
	http   http.Server
	served sync.WaitGroup

	ending context.Context // ends the holds
	end    context.CancelFunc

	connections int           // at most, of each listener
	minIdle     time.Duration // see newConnections
	admission   admission
	pools       *pools
	repeats     *repeats

	offers      offers
	counts      counts
	badEntries  tally.Tally
	spoolErrors tally.Tally
	oldProofs   tally.Tally
}

// New returns a server that does not serve yet.
func New(config Config) *Server {
	ending, end := context.WithCancel(context.Background())
	s := &Server{
		config: config,
		ending: ending,
		end:    end,

		connections: maxConnections,
		minIdle:     minIdle,
		admission:   newAdmission(),
		pools:       newPools(config.Witness, config.Gate),
		repeats:     newRepeats(),
	}
	s.http = http.Server{
		BaseContext:       withAddress,
		ConnContext:       withConnection,
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(config.Logger.Handler(), slog.LevelDebug),
	}
	return s
}

// Serve starts to answer on the listeners, of which those for TCP have the same port,
// and returns at once. listen is the host that the user chose to listen on. If a
// listener fails later, failed is called with its error.
func (s *Server) Serve(listeners []net.Listener, listen string, failed func(error)) {
	s.http.Handler = touched(guard(allowedHosts(listen, listeners), s.authenticate(s.routes())))
	for _, l := range listeners {
		limited := newConnections(l, s.connections, s.minIdle)
		s.served.Go(func() {
			if err := s.http.Serve(limited); !errors.Is(err, http.ErrServerClosed) {
				failed(err)
			}
		})
	}
}

// Shutdown answers the requests that wait, lets the others finish until ctx ends,
// and closes the listeners. It is idempotent.
func (s *Server) Shutdown(ctx context.Context) error {
	s.end()
	err := s.http.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, s.http.Close())
	}
	s.served.Wait()
	return err
}

// status answers how the daemon is doing. The answer holds nothing of what was captured.
func (s *Server) status(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		fail(w, http.StatusMethodNotAllowed, "Method not allowed", "Use GET.")
		return
	}
	reply(w, http.StatusOK, s.config.Status())
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/v1/services/{service}/middleware", posted(s.middleware))
	mux.HandleFunc("/v1/services/{service}/routes", posted(s.takeRoutes))
	mux.HandleFunc("/v1/services/{service}/document", posted(s.takeDocument))
	mux.HandleFunc("/v1/services/{service}/document/offer", posted(s.offerDocument))
	mux.HandleFunc("/v1/services/{service}/traces/{trace}/events", posted(s.takeEvents))
	mux.HandleFunc("/v1/proof", posted(s.prove))
	mux.HandleFunc("/status", s.status)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fail(
			w,
			http.StatusNotFound,
			"Not found",
			"This path does not exist: POST to /v1/services/{service}/middleware or "+
				"/v1/services/{service}/traces/{trace}/events.",
		)
	})
	return mux
}
