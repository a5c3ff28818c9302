package sqlitestore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"akita/internal/sqlitedb"
	"akita/internal/store"
)

// wrap adds the operation to an error of the database and translates it to an
// error of package store where there is one. It returns nil for nil.
func wrap(op string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows), sqlitedb.IsForeignKey(err):
		err = store.ErrNotFound
	case sqlitedb.IsUnique(err):
		err = store.ErrExists
	case sqlitedb.IsFull(err):
		err = fmt.Errorf("%w: %w", store.ErrFull, err)
	}
	return fmt.Errorf("%s: %w", op, err)
}

// row is a *sql.Row or *sql.Rows.
type row interface{ Scan(dest ...any) error }

// one returns the first row of a query.
func one[T any](
	ctx context.Context, s *Store, op string, scan func(row) (T, error), query string, args ...any,
) (T, error) {
	var none T
	rows, err := s.db.Queries.Query(ctx, query, args...)
	if err != nil {
		return none, wrap(op, err)
	}
	defer rows.Close()
	if !rows.Next() {
		return none, wrap(op, cmp.Or(rows.Err(), sql.ErrNoRows))
	}
	v, err := scan(rows)
	return v, wrap(op, err)
}

// list returns all rows of a query. The slice is never nil.
func list[T any](
	ctx context.Context, s *Store, op string, scan func(row) (T, error), query string, args ...any,
) ([]T, error) {
	rows, err := s.db.Queries.Query(ctx, query, args...)
	if err != nil {
		return nil, wrap(op, err)
	}
	defer rows.Close()
	all := []T{}
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, wrap(op, err)
		}
		all = append(all, v)
	}
	return all, wrap(op, rows.Err())
}

// value scans a row with a single column.
func value[T any](r row) (T, error) {
	var v T
	err := r.Scan(&v)
	return v, err
}

// exec executes a statement, whether or not it changes anything.
func (s *Store) exec(ctx context.Context, op, query string, args ...any) error {
	_, err := s.db.Write.ExecContext(ctx, query, args...)
	return wrap(op, err)
}

// changes executes a statement and reports whether it changed any row.
func (s *Store) changes(ctx context.Context, op, query string, args ...any) (bool, error) {
	result, err := s.db.Write.ExecContext(ctx, query, args...)
	if err != nil {
		return false, wrap(op, err)
	}
	n, err := result.RowsAffected()
	return n > 0, wrap(op, err)
}

// micros scans microseconds since 1970 into a time in UTC. The zero time is
// stored in the same way, as a negative number.
type micros struct{ t *time.Time }

// Scan implements sql.Scanner.
func (m micros) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("want microseconds, got %T", v)
	}
	*m.t = time.UnixMicro(n).UTC()
	return nil
}

// transact runs f in one transaction.
func (s *Store) transact(ctx context.Context, op string, f func(*sql.Tx) error) error {
	tx, err := s.db.Write.BeginTx(ctx, nil)
	if err != nil {
		return wrap(op, err)
	}
	defer tx.Rollback() // a no-op after Commit
	if err := f(tx); err != nil {
		return wrap(op, err)
	}
	return wrap(op, tx.Commit())
}

// changesOne executes a statement, and returns store.ErrNotFound if it changes nothing.
func changesOne(ctx context.Context, tx *sql.Tx, query string, args ...any) error {
	result, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err == nil && n == 0 {
		err = store.ErrNotFound
	}
	return err
}

// column returns all values of a query with a single column.
func column[T any](ctx context.Context, tx *sql.Tx, query string, args ...any) ([]T, error) {
	return rows(ctx, tx, value[T], query, args...)
}

// rows returns all rows of a query in a transaction.
func rows[T any](
	ctx context.Context, tx *sql.Tx, scan func(row) (T, error), query string, args ...any,
) (all []T, err error) {
	found, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	for found.Next() {
		v, err := scan(found)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, found.Err()
}
