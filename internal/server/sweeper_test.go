package server

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"akita/internal/store"
	"akita/internal/store/sqlitestore"
)

func TestSweeper(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // with a fake clock
		s, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "akita.db"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		begin := time.Now()
		key := [32]byte{1}
		if err := s.SaveSession(t.Context(), key, []byte("data"), "", begin.Add(90*time.Minute)); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveHeartbeat(t.Context(), store.Daemon{Name: "d", LastHeartbeat: begin}); err != nil {
			t.Fatal(err)
		}
		sweeper := startSweeper(s, &countingKeeper{}, settings(io.Discard))
		t.Cleanup(sweeper.stop)
		for _, c := range []struct {
			after           time.Duration
			session, daemon bool // whether they are stored
		}{
			{time.Minute, true, true},
			{time.Hour + time.Minute, true, true},
			{2*time.Hour + time.Minute, false, true},
			{24*time.Hour + time.Minute, false, true},
			{25*time.Hour + time.Minute, false, false},
		} {
			time.Sleep(time.Until(begin.Add(c.after)))
			_, err := s.Session(t.Context(), key, begin) // begin: an expired session is found until it is deleted
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				t.Fatal(err)
			}
			daemons, daemonsErr := s.Daemons(t.Context(), time.Unix(0, 0))
			if daemonsErr != nil {
				t.Fatal(daemonsErr)
			}
			if session, daemon := err == nil, len(daemons) == 1; session != c.session || daemon != c.daemon {
				t.Errorf("after %v: session %t, daemon %t; want %t, %t", c.after, session, daemon, c.session, c.daemon)
			}
		}
	})
}

// countingKeeper counts calls, which fail.
type countingKeeper struct{ retentions, purges atomic.Int32 }

func (k *countingKeeper) ApplyRetention(context.Context) error {
	k.retentions.Add(1)
	return errors.New("disk is full")
}

func (k *countingKeeper) Purge(context.Context) error {
	k.purges.Add(1)
	return errors.New("disk is full")
}

func TestSweeperAppliesRetentionEveryHour(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		k, s := &countingKeeper{}, emptyStore{}
		sweeper := startSweeper(s, k, settings(io.Discard))
		t.Cleanup(sweeper.stop)
		for hour := range int32(5) {
			time.Sleep(time.Minute)
			synctest.Wait()
			if r, p := k.retentions.Load(), k.purges.Load(); r != hour+1 || p != hour+1 {
				t.Errorf("in hour %d: %d and %d calls, want %d", hour, r, p, hour+1)
			}
			time.Sleep(59 * time.Minute)
		}
	})
}

// emptyStore has nothing to delete.
type emptyStore struct{ store.Store }

func (emptyStore) DeleteExpiredSessions(context.Context, time.Time) error { return nil }
func (emptyStore) DeleteDaemonsBefore(context.Context, time.Time) error   { return nil }
