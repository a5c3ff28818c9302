// Package store keeps the server's state: users, projects, API keys, daemons,
// traces and models. Adapters: SQLite; every one passes storetest.
package store

import (
	"context"
	"errors"
	"time"
)

// Errors that callers tell apart with errors.Is.
var (
	ErrNotFound = errors.New("not found")
	ErrExists   = errors.New("exists already")
	// ErrFull says that the disk has no room for a write now.
	ErrFull = errors.New("disk is full")
	// ErrBadCursor says that a Page's cursor is none that a listing gave.
	ErrBadCursor = errors.New("malformed cursor")
	// ErrStalePosition says that a Fold does not go on from what is folded.
	ErrStalePosition = errors.New("fold does not go on from the stored position")
)

// User is somebody who can log in.
type User struct {
	ID           string // usr_…
	Username     string // unique without regard to case
	PasswordHash string // PHC string of argon2id
	Created      time.Time
}

// Project is one API.
type Project struct {
	ID      string // svc_…
	Name    string // unique without regard to case
	Created time.Time
}

// APIKey lets a daemon or a script in. Only the SHA-256 of its secret is kept.
type APIKey struct {
	ID           string // apk_…
	Name         string
	SecretSHA256 [32]byte
	Created      time.Time
	LastUsed     time.Time // zero if never; to the minute
}

// Daemon is one running agent, by its last heartbeat.
type Daemon struct {
	Name          string
	Version       string
	LastHeartbeat time.Time // by the server's clock
	Clients       []Client
}

// Client is one middleware process that a daemon knows.
type Client struct {
	Project  string // as the middleware named it; matched without regard to case
	Name     string
	LastSeen time.Time
}

// Trace is a period of capture in a project.
type Trace struct {
	ID        string // lrn_…
	ProjectID string
	Name      string // unique within the project
	Start     time.Time
	End       time.Time // when it ends, or has ended
	Witnesses int64     // folded so far
}

// Active reports whether the trace is on at the given time.
func (t Trace) Active(now time.Time) bool { return now.Before(t.End) }

// Page bounds a listing.
type Page struct {
	Limit  int    // 0: 100
	Cursor string // "" for the first page
}

// Fold is what one step of folding changes, in one transaction: the models of
// the traces that the step touched and the queue position up to which
// everything is folded.
type Fold struct {
	After    int64 // the position before the step: the models are those of then, with all up to Position
	Position int64
	Models   []TraceModel
}

// TraceModel is the model of one trace, encoded.
type TraceModel struct {
	TraceID   string
	Witnesses int64 // folded into Model
	Model     []byte
}

// Store is what the server needs of a database. Every method is safe for
// concurrent use; a write has been synced when it returns. Times are kept to
// the microsecond and come back in UTC. What does not exist is ErrNotFound,
// also where it is only referred to (a session of an unknown user); deleting
// it is no error unless the method says so. Names that are unique without regard
// to case are compared by their NameKey.
type Store interface {
	// CreateUser fails with ErrExists where the name is taken.
	CreateUser(ctx context.Context, u User) error
	// CreateFirstUser creates u only where there is no user at all, else ErrExists.
	CreateFirstUser(ctx context.Context, u User) error
	UserByName(ctx context.Context, username string) (User, error)
	UserByID(ctx context.Context, id string) (User, error)
	CountUsers(ctx context.Context) (int, error)
	// SetPasswordHash replaces the hash old; it fails with ErrNotFound where the user
	// has another one by now, so that no change undoes another.
	SetPasswordHash(ctx context.Context, userID, old, hash string) error

	// SaveSession creates or replaces a session, keyed by the SHA-256 of its
	// token; userID is "" while nobody is logged in.
	SaveSession(ctx context.Context, key [32]byte, data []byte, userID string, expiry time.Time) error
	// Session returns the data of a session that has not expired.
	Session(ctx context.Context, key [32]byte, now time.Time) ([]byte, error)
	DeleteSession(ctx context.Context, key [32]byte) error
	// DeleteUserSessions ends all sessions of a user but the one under keep.
	DeleteUserSessions(ctx context.Context, userID string, keep [32]byte) error
	DeleteExpiredSessions(ctx context.Context, now time.Time) error

	CreateProject(ctx context.Context, p Project) error
	// Project takes an id or a name.
	Project(ctx context.Context, idOrName string) (Project, error)
	// Projects lists all, by name.
	Projects(ctx context.Context) ([]Project, error)

	CreateAPIKey(ctx context.Context, k APIKey) error
	APIKey(ctx context.Context, id string) (APIKey, error)
	// APIKeys lists all, newest first.
	APIKeys(ctx context.Context) ([]APIKey, error)
	// DeleteAPIKey fails with ErrNotFound where there is no such key.
	DeleteAPIKey(ctx context.Context, id string) error
	// TouchAPIKey notes that a key was used. It never sets the clock back, and
	// writes at most once a minute, so that it can be called for every request.
	TouchAPIKey(ctx context.Context, id string, used time.Time) error

	// SaveHeartbeat replaces what is known of the daemon of that name.
	SaveHeartbeat(ctx context.Context, d Daemon) error
	// Daemons lists those with a heartbeat at or after since, by name.
	Daemons(ctx context.Context, since time.Time) ([]Daemon, error)
	DeleteDaemonsBefore(ctx context.Context, t time.Time) error

	// CreateTrace fails with ErrExists where the project has one of that name.
	CreateTrace(ctx context.Context, t Trace) error
	// Trace takes an id or a name.
	Trace(ctx context.Context, projectID, idOrName string) (Trace, error)
	// Traces lists newest first; next is "" on the last page. It fails with
	// ErrBadCursor.
	Traces(ctx context.Context, projectID string, p Page) (traces []Trace, next string, err error)
	// ActiveTraces lists the traces that are on at now, oldest first.
	ActiveTraces(ctx context.Context, projectID string, now time.Time) ([]Trace, error)
	// EndTrace sets a trace's end to at where it would end later.
	EndTrace(ctx context.Context, traceID string, at time.Time) (Trace, error)

	// Position is the queue position up to which everything is folded; 0 at first.
	Position(ctx context.Context) (int64, error)
	// ApplyFold replaces the models and moves the position, both or neither. It
	// fails with ErrStalePosition unless the position is f.After and moves
	// forward: so nothing is folded twice, also where two fold at a time.
	ApplyFold(ctx context.Context, f Fold) error
	// Model returns a trace's encoded model; ErrNotFound where nothing was folded.
	Model(ctx context.Context, traceID string) (TraceModel, error)
	// ModelPositions returns, for every trace of the project that has a model,
	// the position of the Fold that wrote it: what was read before is still the
	// latest where that is the same.
	ModelPositions(ctx context.Context, projectID string) (map[string]int64, error)

	Ping(ctx context.Context) error
	Close() error
}
