// Package store defines the server's database: users, sessions, projects, API
// keys, daemons, traces, models, routes, declarations and tests. Package sqlitestore implements it; package
// storetest tests any implementation.
package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"akita/internal/schedule"
)

// Errors of a Store, for errors.Is.
var (
	ErrNotFound = errors.New("not found")
	ErrExists   = errors.New("already exists")
	// ErrFull means that the disk has no space for a write.
	ErrFull = errors.New("disk is full")
	// ErrBadCursor means that no listing returned the cursor of a Page.
	ErrBadCursor = errors.New("malformed cursor")
	// ErrStalePosition means that a Fold does not start at the stored position,
	// or does not move it forward.
	ErrStalePosition = errors.New("fold does not start at the stored position")
	// ErrStaleVersion means that units have changed since a Deletion was computed.
	ErrStaleVersion = errors.New("units have changed meanwhile")
	// ErrEnded means that a trace has ended.
	ErrEnded = errors.New("trace has ended")
)

// User is a person who can log in.
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
	Joined  Joined
	// RetentionDays is how long units are kept after their last hour; 0: for ever.
	RetentionDays int
}

// KeyScope is what an API key allows.
type KeyScope string

// The scopes of API keys.
const (
	AgentKey KeyScope = "agent" // what daemons ask and send
	ReadKey  KeyScope = "read"  // all that changes nothing, and the tools for AI agents
	FullKey  KeyScope = "full"  // both, and what people may do, but for API keys and accounts
)

// APIKey authenticates a daemon or a script. Only the SHA-256 of its secret is
// stored.
type APIKey struct {
	ID           string // apk_…
	Name         string
	SecretSHA256 [32]byte
	Scope        KeyScope
	// AllProjects means that the key is valid for every project; else it is for those of ProjectIDs.
	AllProjects bool
	ProjectIDs  []string // sorted; nil with AllProjects, or if all of them were deleted
	CreatedBy   string   // the name of a user; "" for a key that is older than scopes
	Created     time.Time
	LastUsed    time.Time // zero if never used; truncated to the minute
}

// Reaches reports whether the key is valid for a project.
func (k APIKey) Reaches(projectID string) bool {
	return k.AllProjects || slices.Contains(k.ProjectIDs, projectID)
}

// IsOlderThanScopes reports whether a version without scopes created the key.
func (k APIKey) IsOlderThanScopes() bool { return k.CreatedBy == "" }

// Daemon is a running agent, as of its last heartbeat.
type Daemon struct {
	Name          string
	Version       string
	LastHeartbeat time.Time // by the server's clock
	Clients       []Client
}

// Client is a middleware process that is connected to a daemon.
type Client struct {
	Project  string // as the middleware sent it; compared without regard to case
	Name     string
	LastSeen time.Time
}

// Trace is a window of capture in a project.
type Trace struct {
	ID        string // lrn_…
	ProjectID string
	Name      string // unique within the project
	Start     time.Time
	End       time.Time          // zero: when it is stopped
	Schedule  *schedule.Schedule // when it captures between Start and End; nil: always
	Witnesses int64              // folded into its model so far
}

// Ended reports whether the trace has ended at the given time.
func (t Trace) Ended(now time.Time) bool { return !t.End.IsZero() && !now.Before(t.End) }

// Active reports whether the trace captures at the given time.
func (t Trace) Active(now time.Time) bool {
	return !t.Ended(now) && (t.Schedule == nil || t.Schedule.Active(now))
}

// NextChange returns the first time after now at which Active or Ended changes, or the zero time.
func (t Trace) NextChange(now time.Time) time.Time {
	if t.Ended(now) {
		return time.Time{}
	}
	next := t.End
	if t.Schedule != nil {
		if edge := t.Schedule.Next(now); next.IsZero() || !edge.IsZero() && edge.Before(next) {
			next = edge
		}
	}
	return next
}

// TraceChange is a change of a trace. Zero fields change nothing.
type TraceChange struct {
	Name   string
	Extend time.Duration // is added to the end
}

// RouteList holds the routes that the application of a project has.
type RouteList struct {
	Reported time.Time // when the application reported them, by the daemon's clock
	List     []byte    // encoded
}

// Origin is where the declaration of a project comes from.
type Origin string

// The origins of a declaration.
const (
	Uploaded Origin = "upload" // it was sent as a file
	Fetched  Origin = "url"    // the server fetches it, again and again
	Reported Origin = "app"    // the application generated it when it started
)

// Declaration is the OpenAPI document that a project declares.
type Declaration struct {
	Origin  Origin
	Text    []byte    // YAML or JSON
	Changed time.Time // when the text was uploaded, fetched or reported
	By      string    // who or what set it

	// Of a document that is fetched:
	URL     string
	ETag    string    // of the text, as its server sent it
	Checked time.Time // when it was fetched last, with or without success
	Fault   string    // why that failed; "" if it did not
}

// Tests are what the calls of tests show. They are kept beside the calls of production, not among them.
type Tests struct {
	Name      string
	Uploaded  time.Time
	By        string // the user or API key that uploaded them
	Calls     uint64
	Recording []byte // encoded
}

// Page selects a part of a listing.
type Page struct {
	Limit  int    // maximum number of items; 0: 100
	Cursor string // "" for the first page
}

// Store is the server's database. All methods are safe for concurrent use. A
// write is synced to disk when the method returns. Times are stored to the
// microsecond and returned in UTC. Methods return ErrNotFound if an object, or
// an object it refers to (such as the user of a session), does not exist. To
// delete an object that does not exist is not an error, unless the method's
// comment says so. Names that are unique without regard to case are compared by
// NameKey.
type Store interface {
	// CreateUser returns ErrExists if the name is taken.
	CreateUser(ctx context.Context, u User) error
	// CreateFirstUser returns ErrExists if there is any user.
	CreateFirstUser(ctx context.Context, u User) error
	UserByName(ctx context.Context, username string) (User, error)
	UserByID(ctx context.Context, id string) (User, error)
	CountUsers(ctx context.Context) (int, error)
	// SetPasswordHash replaces the hash old. It returns ErrNotFound if the stored
	// hash is not old, so that of two concurrent changes one fails.
	SetPasswordHash(ctx context.Context, userID, old, hash string) error

	// SaveSession creates or replaces a session. Its key is the SHA-256 of its
	// token; userID is "" if the session belongs to no user.
	SaveSession(ctx context.Context, key [32]byte, data []byte, userID string, expiry time.Time) error
	// Session returns the data of a session that has not expired at now.
	Session(ctx context.Context, key [32]byte, now time.Time) ([]byte, error)
	DeleteSession(ctx context.Context, key [32]byte) error
	// DeleteUserSessions deletes all sessions of a user except the one with the key keep.
	DeleteUserSessions(ctx context.Context, userID string, keep [32]byte) error
	DeleteExpiredSessions(ctx context.Context, now time.Time) error

	CreateProject(ctx context.Context, p Project) error
	// Project finds a project by its id or name.
	Project(ctx context.Context, idOrName string) (Project, error)
	// Projects returns all projects, sorted by name.
	Projects(ctx context.Context) ([]Project, error)
	// SetRetention sets how many days the units of a project are kept; 0: for ever.
	SetRetention(ctx context.Context, projectID string, days int) error
	// DeleteProject deletes a project with its traces, captures and units, and
	// remembers the ids of the project and its traces. It returns ErrNotFound if there is
	// no such project.
	DeleteProject(ctx context.Context, projectID string, now time.Time) error

	// CreateAPIKey returns ErrNotFound if there is no project with one of the ids.
	CreateAPIKey(ctx context.Context, k APIKey) error
	APIKey(ctx context.Context, id string) (APIKey, error)
	// APIKeys returns all keys, newest first.
	APIKeys(ctx context.Context) ([]APIKey, error)
	// DeleteAPIKey returns ErrNotFound if there is no such key.
	DeleteAPIKey(ctx context.Context, id string) error
	// TouchAPIKey records that a key was used. It never moves LastUsed back, and
	// it writes at most once a minute, so it can be called for every request.
	TouchAPIKey(ctx context.Context, id string, used time.Time) error

	// SaveHeartbeat creates or replaces the daemon with that name.
	SaveHeartbeat(ctx context.Context, d Daemon) error
	// Daemons returns the daemons with a heartbeat at or after since, sorted by name.
	Daemons(ctx context.Context, since time.Time) ([]Daemon, error)
	DeleteDaemonsBefore(ctx context.Context, t time.Time) error

	// CreateTrace returns ErrExists if the project has a trace with that name.
	CreateTrace(ctx context.Context, t Trace) error
	// Trace finds a trace of the project by its id or name.
	Trace(ctx context.Context, projectID, idOrName string) (Trace, error)
	// Traces returns a page of traces, newest first. next is the cursor of the
	// next page, "" on the last one. The error may be ErrBadCursor.
	Traces(ctx context.Context, projectID string, p Page) (traces []Trace, next string, err error)
	// OpenTraces returns the traces that have not ended at now, oldest first. They may
	// have a schedule by which they are not active.
	OpenTraces(ctx context.Context, projectID string, now time.Time) ([]Trace, error)
	// EndTrace moves the end of a trace forward to at; an earlier end stays.
	EndTrace(ctx context.Context, traceID string, at time.Time) (Trace, error)
	// ChangeTrace changes a trace, all or nothing. It returns ErrExists if the name is
	// taken, and ErrEnded if the end is to be extended but has passed at now, or if there
	// is none.
	ChangeTrace(ctx context.Context, traceID string, c TraceChange, now time.Time) (Trace, error)
	// DeleteTrace deletes a trace and the units that no other trace has, and remembers
	// its id. Captures lose it in the order of their ids (see Deletion). It returns
	// ErrNotFound if there is no such trace, and ErrStaleVersion if the version of the
	// project's units is not d.Version.
	DeleteTrace(ctx context.Context, d Deletion, now time.Time) error

	// Deleted reports whether a trace or project with the id was deleted.
	Deleted(ctx context.Context, id string) (bool, error)
	// Unpurged returns the ids that were deleted, but not purged.
	Unpurged(ctx context.Context) (ids []string, err error)
	// Purge removes the bytes of everything that was deleted from the files of the store,
	// and then remembers that the ids are purged. It takes time, and writers wait for it.
	Purge(ctx context.Context, ids []string) error

	// Position returns the queue position up to which everything is folded,
	// 0 at first.
	Position(ctx context.Context) (int64, error)
	// ApplyFold writes the units and moves the position, in one transaction. It
	// returns ErrStalePosition unless the stored position is f.After and
	// f.Position is greater, so nothing is folded twice, even by two processes. It
	// returns ErrNotFound if a capture or a trace is gone.
	ApplyFold(ctx context.Context, f Fold) error
	// Capture returns the capture of these traces, and makes it if there is none. Its
	// calls are those that the traces in repeats have seen before.
	Capture(ctx context.Context, projectID string, traceIDs []string, repeats ...string) (Capture, error)
	// Captures returns the captures of a project, by id.
	Captures(ctx context.Context, projectID string) ([]Capture, error)
	// UnitsAt returns those units of a capture that start at an hour and are of one of some parts, with
	// their series.
	UnitsAt(ctx context.Context, captureID int64, start Hour, parts []int) ([]Unit, error)
	// Units returns the units that are selected, by part and start.
	Units(ctx context.Context, of Units) ([]Unit, error)
	// Version returns the version of the units of a project, with those of captures
	// that repeat, or of a trace if traceID is not "".
	Version(ctx context.Context, projectID, traceID string) (Version, error)
	// FirstHour returns the start of the first unit of a project that starts between
	// from (inclusive) and to (exclusive); found is false if there is none.
	FirstHour(ctx context.Context, projectID string, from, to Hour) (first Hour, found bool, err error)
	// Unpacked is like FirstHour, for the units that are not packed.
	Unpacked(ctx context.Context, projectID string, from, to Hour) (first Hour, found bool, err error)
	// PackDay packs the units of a project that begin in the day of an hour and have one hour each:
	// they are stored in less space, until one of them changes. Versions stay.
	PackDay(ctx context.Context, projectID string, hour Hour) error
	// JoinUnits replaces units by their sums, in one transaction. The versions of
	// units stay below those of later folds. What is summed up over more than the join stays.
	JoinUnits(ctx context.Context, j Join) error
	// PutSums keeps sums, until a unit in their span changes. It returns ErrStaleVersion if
	// the version of the project's units is not s.Version.
	PutSums(ctx context.Context, s Sums) error
	// Summed returns the spans for which sums are kept, by start.
	Summed(ctx context.Context, projectID string) ([]Span, error)
	// ReplaceSeries replaces the series of units and sets which minutes of the project are joined to
	// hours, in one transaction. Versions stay.
	ReplaceSeries(ctx context.Context, projectID string, hours Hour, units []Unit) error
	// Facts returns the dated facts of a project, or of a trace in it if traceID is not "", and the
	// version up to which units are dated.
	Facts(ctx context.Context, projectID, traceID string) (records []FactRecord, version int64, err error)
	// FactsVersion returns the version up to which the units of a project are dated.
	FactsVersion(ctx context.Context, projectID string) (int64, error)
	// FactsOf returns the dated facts of some parts of a capture.
	FactsOf(ctx context.Context, captureID int64, parts []int) ([]FactRecord, error)
	// PutFacts writes dated facts and sets the version up to which units are dated.
	PutFacts(ctx context.Context, projectID string, version int64, records []FactRecord) error
	// DeleteUnitsBefore deletes the units of a project whose last hour is before an hour,
	// and returns how many there were.
	DeleteUnitsBefore(ctx context.Context, projectID string, before Hour) (deleted int64, err error)

	// PutRoutes keeps the routes of a project's application, unless routes that were reported later are
	// known. So it may be repeated, and the order does not matter.
	PutRoutes(ctx context.Context, projectID string, l RouteList) error
	// Routes returns ErrNotFound if no routes were reported.
	Routes(ctx context.Context, projectID string) (RouteList, error)

	// PutDeclaration keeps what a project declares. What people set replaces what they set before; what
	// its application reports replaces older reports.
	PutDeclaration(ctx context.Context, projectID string, d Declaration) error
	// Declaration returns what people have set for a project, or else what its application reports. It
	// returns ErrNotFound if there is neither.
	Declaration(ctx context.Context, projectID string) (Declaration, error)
	// PutFetched replaces a declaration that was fetched. It returns ErrNotFound if the project has no
	// declaration of that URL any more.
	PutFetched(ctx context.Context, projectID string, d Declaration) error
	// DeleteDeclaration deletes what Declaration returns. It returns ErrNotFound if that returns it.
	DeleteDeclaration(ctx context.Context, projectID string) error
	// Unchecked returns the projects whose declaration was not fetched since a time, by id.
	Unchecked(ctx context.Context, since time.Time) (projectIDs []string, err error)

	// PutTests keeps what tests show. It replaces tests of the same name.
	PutTests(ctx context.Context, projectID string, t Tests) error
	// ListTests returns the tests of a project by name, without their recordings.
	ListTests(ctx context.Context, projectID string) ([]Tests, error)
	// Tests returns ErrNotFound if the project has no tests of the name.
	Tests(ctx context.Context, projectID, name string) (Tests, error)
	// DeleteTests returns ErrNotFound if the project has no tests of the name.
	DeleteTests(ctx context.Context, projectID, name string) error

	// OldModels returns the models that a version before units wrote, without
	// their bytes.
	OldModels(ctx context.Context) ([]TraceModel, error)
	// OldModel returns the model of a trace, or ErrNotFound.
	OldModel(ctx context.Context, traceID string) (TraceModel, error)
	// ReplaceOldModel replaces the model of a trace by units, in one transaction.
	ReplaceOldModel(ctx context.Context, traceID string, units []Unit) error

	// Ping returns an error unless the store can be read and written.
	Ping(ctx context.Context) error
	// Close closes the store. Later calls return nil.
	Close() error
}
