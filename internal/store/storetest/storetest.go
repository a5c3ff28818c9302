// Package storetest is the conformance suite of store.Store.
package storetest

import (
	"context"
	"errors"
	"reflect"
	"sync"
	"testing"
	"time"

	"akita/internal/id"
	"akita/internal/store"
)

// Run tests an implementation. Each call of open must return a new, empty store
// that is closed when the test ends.
func Run(t *testing.T, open func(t testing.TB) store.Store) {
	for name, test := range map[string]func(*testing.T, fixture){
		"User/Create":               testCreateUser,
		"User/CreateFirst":          testCreateFirstUser,
		"User/CreateFirstIsARace":   testCreateFirstUserRace,
		"User/SetPasswordHash":      testSetPasswordHash,
		"Session/Lifecycle":         testSession,
		"Session/Expiry":            testSessionExpiry,
		"Session/OfUser":            testSessionsOfUser,
		"Project/Create":            testCreateProject,
		"Project/NameIsARace":       testCreateProjectRace,
		"Project/IDBeforeName":      testProjectIDBeforeName,
		"Project/List":              testProjects,
		"APIKey/Lifecycle":          testAPIKey,
		"APIKey/OfProjects":         testAPIKeyOfProjects,
		"APIKey/Touch":              testTouchAPIKey,
		"Daemon/Heartbeat":          testHeartbeat,
		"Daemon/List":               testDaemons,
		"Trace/Create":              testCreateTrace,
		"Trace/Paging":              testTracePaging,
		"Trace/BadCursor":           testBadCursor,
		"Trace/Open":                testOpenTraces,
		"Trace/End":                 testEndTrace,
		"Trace/Windows":             testWindows,
		"Trace/Change":              testChangeTrace,
		"Trace/ChangeIsAtomic":      testChangeTraceIsAtomic,
		"Delete/Trace":              testDeleteTrace,
		"Delete/TraceOfCaptures":    testDeleteTraceOfSharedCaptures,
		"Delete/TraceOfRepeats":     testDeleteTraceOfRepeats,
		"Delete/StaleVersion":       testDeleteTraceOfStaleVersion,
		"Delete/Project":            testDeleteProject,
		"Delete/UnitsBefore":        testDeleteUnitsBefore,
		"Delete/Purge":              testPurge,
		"Project/Retention":         testRetention,
		"Fold/Empty":                testNothingFolded,
		"Fold/Apply":                testApplyFold,
		"Fold/AllOrNothing":         testApplyFoldIsAtomic,
		"Fold/PositionMovesForward": testPositionMovesForward,
		"Fold/PositionIsARace":      testPositionRace,
		"Fold/ReadersSeeWholeFolds": testReadersSeeWholeFolds,
		"Unit/Captures":             testCaptures,
		"Unit/Select":               testSelectUnits,
		"Unit/Version":              testVersionOfUnits,
		"Unit/Join":                 testJoinUnits,
		"Unit/Sums":                 testSums,
		"Unit/Sums go":              testSumsGo,
		"Unit/Sums stay":            testSumsOfMoreThanAJoin,
		"Unit/Series":               testSeries,
		"Facts":                     testFacts,
		"Routes":                    testRoutes,
		"Declaration":               testDeclaration,
		"Tests":                     testTests,
		"Declaration/Fetched":       testFetchedDeclaration,
		"Unit/SeriesFollow":         testSeriesFollowUnits,
		"Unit/Pack":                 testPack,
		"Unit/PackAndWrite":         testPackAndWrite,
		"Unit/PackAndRemove":        testPackAndRemove,
		"Store/ContextEnds":         testContextEnds,
		"Store/PingFailsAfterClose": testClosed,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, fixture{t, open(t)})
		})
		// Whether units are packed changes nothing else.
		t.Run(name+"/packed", func(t *testing.T) {
			t.Parallel()
			test(t, fixture{t, packing{open(t)}})
		})
	}
}

// now is the time in the tests, in microseconds, which a store keeps.
var now = time.Date(2025, 12, 1, 9, 30, 15, 123456000, time.UTC)

// fixture creates the objects that a test needs in the store under test.
type fixture struct {
	t *testing.T
	store.Store
}

func (f fixture) user(name string) store.User {
	f.t.Helper()
	u := store.User{ID: id.New(id.User), Username: name, PasswordHash: "$argon2id$" + name, Created: now}
	must(f.t, f.CreateUser(f.t.Context(), u))
	return u
}

func (f fixture) project(name string) store.Project {
	f.t.Helper()
	p := store.Project{ID: id.New(id.Project), Name: name, Created: now}
	must(f.t, f.CreateProject(f.t.Context(), p))
	return p
}

// trace creates a trace of one hour that starts at now plus after.
func (f fixture) trace(p store.Project, name string, after time.Duration) store.Trace {
	f.t.Helper()
	start := now.Add(after)
	t := store.Trace{ID: id.New(id.Trace), ProjectID: p.ID, Name: name, Start: start, End: start.Add(time.Hour)}
	must(f.t, f.CreateTrace(f.t.Context(), t))
	return t
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// ok returns a function that fails the test on an error, and returns v:
// ok(f.CountUsers(ctx))(t).
func ok[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		must(t, err)
		return v
	}
}

func wantError(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got error %v, want %v", err, want)
	}
}

func equal[T any](t *testing.T, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("\ngot  %+v\nwant %+v", got, want)
	}
}

// race calls f from eight goroutines and returns how many calls succeeded; the
// others must return want.
func race(t *testing.T, want error, f func(i int) error) (succeeded int) {
	t.Helper()
	const n = 8
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { errs[i] = f(i) })
	}
	wg.Wait()
	for _, err := range errs {
		if err == nil {
			succeeded++
		} else {
			wantError(t, err, want)
		}
	}
	return succeeded
}

func testContextEnds(t *testing.T, f fixture) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := f.Projects(ctx)
	wantError(t, err, context.Canceled)
	p := store.Project{ID: id.New(id.Project), Name: "never", Created: now}
	wantError(t, f.CreateProject(ctx, p), context.Canceled)
	_, err = f.Project(t.Context(), p.ID)
	wantError(t, err, store.ErrNotFound)
}

func testClosed(t *testing.T, f fixture) {
	must(t, f.Ping(t.Context()))
	must(t, f.Close())
	if f.Ping(t.Context()) == nil {
		t.Error("Ping of a closed store returned no error")
	}
	must(t, f.Close())
}
