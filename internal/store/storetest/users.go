package storetest

import (
	"fmt"
	"testing"
	"time"

	"akita/internal/id"
	"akita/internal/store"
)

func testCreateUser(t *testing.T, f fixture) {
	ctx := t.Context()
	_, err := f.UserByName(ctx, "Ada")
	wantError(t, err, store.ErrNotFound)
	_, err = f.UserByID(ctx, id.New(id.User))
	wantError(t, err, store.ErrNotFound)

	ada, other := f.user("Ada"), f.user("Ömer")
	equal(t, ok(f.UserByName(ctx, "aDA"))(t), ada)
	equal(t, ok(f.UserByName(ctx, "öMER"))(t), other)
	equal(t, ok(f.UserByID(ctx, ada.ID))(t), ada)
	equal(t, ok(f.CountUsers(ctx))(t), 2)

	for _, taken := range []store.User{
		{ID: id.New(id.User), Username: "ADA", Created: now},
		{ID: ada.ID, Username: "another", Created: now},
	} {
		wantError(t, f.CreateUser(ctx, taken), store.ErrExists)
	}
	equal(t, ok(f.CountUsers(ctx))(t), 2)
}

func testCreateFirstUser(t *testing.T, f fixture) {
	ctx := t.Context()
	first := store.User{ID: id.New(id.User), Username: "first", PasswordHash: "hash", Created: now}
	must(t, f.CreateFirstUser(ctx, first))
	equal(t, ok(f.UserByName(ctx, "first"))(t), first)
	second := store.User{ID: id.New(id.User), Username: "second", Created: now}
	wantError(t, f.CreateFirstUser(ctx, second), store.ErrExists)
	_, err := f.UserByName(ctx, "second")
	wantError(t, err, store.ErrNotFound)
}

func testCreateFirstUserRace(t *testing.T, f fixture) {
	n := race(t, store.ErrExists, func(i int) error {
		u := store.User{ID: id.New(id.User), Username: fmt.Sprint("user", i), Created: now}
		return f.CreateFirstUser(t.Context(), u)
	})
	equal(t, n, 1)
	equal(t, ok(f.CountUsers(t.Context()))(t), 1)
}

func testSetPasswordHash(t *testing.T, f fixture) {
	ctx := t.Context()
	ada, other := f.user("Ada"), f.user("other")
	must(t, f.SetPasswordHash(ctx, ada.ID, ada.PasswordHash, "$argon2id$new"))
	wantError(t, f.SetPasswordHash(ctx, ada.ID, ada.PasswordHash, "$argon2id$newer"), store.ErrNotFound)
	ada.PasswordHash = "$argon2id$new"
	equal(t, ok(f.UserByID(ctx, ada.ID))(t), ada)
	equal(t, ok(f.UserByID(ctx, other.ID))(t), other)
	wantError(t, f.SetPasswordHash(ctx, id.New(id.User), "old", "hash"), store.ErrNotFound)
}

func testSession(t *testing.T, f fixture) {
	ctx := t.Context()
	key, later := [32]byte{1}, now.Add(time.Hour)
	_, err := f.Session(ctx, key, now)
	wantError(t, err, store.ErrNotFound)

	must(t, f.SaveSession(ctx, key, []byte{0, 0xff}, "", later))
	equal(t, ok(f.Session(ctx, key, now))(t), []byte{0, 0xff})
	must(t, f.SaveSession(ctx, key, nil, f.user("Ada").ID, later))
	equal(t, len(ok(f.Session(ctx, key, now))(t)), 0)
	wantError(t, f.SaveSession(ctx, [32]byte{2}, nil, id.New(id.User), later), store.ErrNotFound)

	must(t, f.DeleteSession(ctx, key))
	_, err = f.Session(ctx, key, now)
	wantError(t, err, store.ErrNotFound)
	must(t, f.DeleteSession(ctx, key))
}

func testSessionExpiry(t *testing.T, f fixture) {
	ctx := t.Context()
	short, long := [32]byte{1}, [32]byte{2}
	must(t, f.SaveSession(ctx, short, []byte("short"), "", now.Add(time.Minute)))
	must(t, f.SaveSession(ctx, long, []byte("long"), "", now.Add(time.Hour)))

	equal(t, ok(f.Session(ctx, short, now.Add(time.Minute-time.Microsecond)))(t), []byte("short"))
	_, err := f.Session(ctx, short, now.Add(time.Minute))
	wantError(t, err, store.ErrNotFound)

	must(t, f.DeleteExpiredSessions(ctx, now.Add(time.Minute)))
	_, err = f.Session(ctx, short, now)
	wantError(t, err, store.ErrNotFound)
	equal(t, ok(f.Session(ctx, long, now))(t), []byte("long"))
}

func testSessionsOfUser(t *testing.T, f fixture) {
	ctx := t.Context()
	ada, other := f.user("Ada"), f.user("other")
	keep, drop, theirs, anonymous := [32]byte{1}, [32]byte{2}, [32]byte{3}, [32]byte{4}
	for key, user := range map[[32]byte]string{keep: ada.ID, drop: ada.ID, theirs: other.ID, anonymous: ""} {
		must(t, f.SaveSession(ctx, key, []byte("data"), user, now.Add(time.Hour)))
	}
	must(t, f.DeleteUserSessions(ctx, ada.ID, keep))
	_, err := f.Session(ctx, drop, now)
	wantError(t, err, store.ErrNotFound)
	for _, key := range [][32]byte{keep, theirs, anonymous} {
		equal(t, ok(f.Session(ctx, key, now))(t), []byte("data"))
	}
	must(t, f.DeleteUserSessions(ctx, ada.ID, [32]byte{})) // no session has this key
	_, err = f.Session(ctx, keep, now)
	wantError(t, err, store.ErrNotFound)
}
