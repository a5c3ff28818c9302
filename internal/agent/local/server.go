// Package local is the daemon's side of the wire contract with middlewares: a
// listener on the loopback interface, the long poll for traces, and the events.
// It takes anything from the outside with distrust: see guard.
package local

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/net/netutil"

	"akita/internal/agent/spool"
	"akita/internal/agent/tally"
	"akita/internal/agent/token"
	"akita/internal/agent/traces"
	"akita/internal/witness"
)

// Time limits of one request, and the sizes of its parts.
const (
	headerTimeout = 5 * time.Second
	bodyTimeout   = 30 * time.Second // spent waiting for a body
	answerTimeout = 10 * time.Second
	idleTimeout   = 2 * time.Minute

	minBodyRate = 64 << 10 // bytes per second of a body, once bodyTimeout is used up

	maxHeaderBytes = 64 << 10
	maxEventsBytes = 2 << 30  // of one events request, which is read as a stream
	maxEventBytes  = 4 << 20  // of one event in it; a larger one is dropped and counted
	maxAskBytes    = 64 << 10 // of one middleware request
	maxNameBytes   = 300      // of a name in a path or a body
)

// Bounds of what is done at the same time.
const (
	maxConnections = 2048 // of each listener; the next ones wait to be accepted

	maxHolds  = 1024 // middleware requests that wait
	maxEvents = 16   // events requests that are read; others queue
	maxBlocks = 8    // blocks that are obfuscated or on their way to disk

	maxObfuscators = 4 // of those, blocks that are obfuscated: the application needs cores, too
)

// hold is how long a middleware waits for a change before it gets an empty answer.
const hold = 30 * time.Second

// Config says what a Server works with.
type Config struct {
	Registry *traces.Registry
	Spool    *spool.Spool
	Witness  witness.Options
	// Token is what clients must have; the zero Token lets everybody in.
	Token token.Token
	// Status is what GET /status answers, as JSON.
	Status func() any

	Now    func() time.Time
	Logger *slog.Logger
}

// Server answers middlewares. Make one with New.
type Server struct {
	cfg    Config
	http   http.Server
	served sync.WaitGroup

	ending      context.Context // ends the holds
	end         context.CancelFunc
	connections int // at most, of each listener

	holds  chan struct{} // one value per request that waits
	events chan struct{} // one value per events request that is read
	blocks chan struct{} // one value per block of them that is stored
	large  chan struct{} // one value while a request holds a large event

	obfuscators                 chan *obfuscator // those that do nothing at the moment
	emptyBlocks, lines, windows sync.Pool

	counts      counts
	badEntries  tally.Tally
	spoolErrors tally.Tally
}

// New returns a server that does not serve yet.
func New(cfg Config) *Server {
	ending, end := context.WithCancel(context.Background())
	s := &Server{
		cfg:    cfg,
		ending: ending,
		end:    end,

		connections: maxConnections,

		holds:  make(chan struct{}, maxHolds),
		events: make(chan struct{}, maxEvents),
		blocks: make(chan struct{}, maxBlocks),
		large:  make(chan struct{}, 1),

		obfuscators: newObfuscators(cfg.Witness),
	}
	s.http = http.Server{
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(cfg.Logger.Handler(), slog.LevelDebug),
	}
	return s
}

// Serve starts to answer on the listeners (those for TCP all have the same port) and
// returns at once. listen is the host that was asked to listen on. Where a
// listener fails later, failed gets its error.
func (s *Server) Serve(listeners []net.Listener, listen string, failed func(error)) {
	s.http.Handler = guard(allowedHosts(listen, listeners), s.known(s.routes()))
	for _, l := range listeners {
		// Each connection takes some 20 KB, whatever it is asked for.
		limited := netutil.LimitListener(l, s.connections)
		s.served.Go(func() {
			if err := s.http.Serve(limited); !errors.Is(err, http.ErrServerClosed) {
				failed(err)
			}
		})
	}
}

// Shutdown answers the requests that wait, lets those under way finish until
// ctx ends, and closes the listeners. It is idempotent.
func (s *Server) Shutdown(ctx context.Context) error {
	s.end()
	err := s.http.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, s.http.Close())
	}
	s.served.Wait()
	return err
}

// status says how the daemon is; nothing of what was captured is in it.
func (s *Server) status(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		fail(w, http.StatusMethodNotAllowed, "Method not allowed", "Use GET.")
		return
	}
	reply(w, http.StatusOK, s.cfg.Status())
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/v1/services/{service}/middleware", posted(s.middleware))
	mux.HandleFunc("/v1/services/{service}/traces/{trace}/events", posted(s.takeEvents))
	mux.HandleFunc("/v1/proof", posted(s.prove))
	mux.HandleFunc("/status", s.status)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fail(w, http.StatusNotFound, "Not found", "There is nothing under this path: POST to /v1/services/{service}/middleware or /v1/services/{service}/traces/{trace}/events.")
	})
	return mux
}
