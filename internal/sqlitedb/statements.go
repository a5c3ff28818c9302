package sqlitedb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
)

// Statements keeps queries prepared: to prepare one takes longer than to read a row. It is safe for
// concurrent use.
type Statements struct {
	db *sql.DB

	mu    sync.Mutex
	known map[string]*sql.Stmt // guarded by mu; by query
}

// maxStatements bounds the queries that are kept. A program has fewer.
const maxStatements = 200

func newStatements(db *sql.DB) *Statements {
	return &Statements{db: db, known: make(map[string]*sql.Stmt)}
}

// Query executes a query. Its text must be one of few: what varies belongs into args.
func (s *Statements) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	prepared, err := s.prepared(ctx, query) //nolint:sqlclosecheck // it is kept, until Close
	if err != nil {
		return nil, err
	}
	if prepared == nil {
		return s.db.QueryContext(ctx, query, args...)
	}
	return prepared.QueryContext(ctx, args...)
}

// prepared returns a query that is prepared, nil if there are too many.
func (s *Statements) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	s.mu.Lock()
	known, isFull := s.known[query], len(s.known) >= maxStatements
	s.mu.Unlock()
	if known != nil || isFull {
		return known, nil
	}
	added, err := s.db.PrepareContext(ctx, query) // waits for a connection, so without the lock
	if err != nil {
		return nil, fmt.Errorf("prepare query: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if known := s.known[query]; known != nil {
		return known, added.Close() //nolint:sqlclosecheck // added is kept otherwise
	}
	s.known[query] = added
	return added, nil
}

// Close frees the queries.
func (s *Statements) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for query, prepared := range s.known {
		errs = append(errs, prepared.Close())
		delete(s.known, query)
	}
	return errors.Join(errs...)
}
