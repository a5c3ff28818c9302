package sqlitequeue

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Drop implements queue.Queue.
func (q *Queue) Drop(ctx context.Context, traceIDs []string) (dropped int64, err error) {
	tx, err := q.db.Write.BeginTx(ctx, nil)
	if err != nil {
		return 0, fmt.Errorf("drop: %w", err)
	}
	defer tx.Rollback() // a no-op after Commit
	if err := leave(ctx, tx, traceIDs); err != nil {
		return 0, fmt.Errorf("drop: %w", err)
	}
	ids, err := json.Marshal(traceIDs)
	if err != nil {
		return 0, fmt.Errorf("drop: %w", err)
	}
	const ofTraces = "FROM items WHERE trace_id IN (SELECT value FROM json_each(?))"
	var l load
	row := tx.QueryRowContext(ctx, "SELECT count(*), coalesce(sum(length(payload)), 0) "+ofTraces, string(ids))
	if err := row.Scan(&l.items, &l.bytes); err != nil {
		return 0, fmt.Errorf("drop: %w", err)
	}
	if _, err := tx.ExecContext(ctx, "DELETE "+ofTraces, string(ids)); err != nil {
		return 0, fmt.Errorf("drop: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return 0, fmt.Errorf("drop: %w", err)
	}
	q.add(load{-l.items, -l.bytes})
	return l.items, nil
}

// leave removes traces from the items that have others too.
func leave(ctx context.Context, tx *sql.Tx, traceIDs []string) (err error) {
	items, err := shared(ctx, tx)
	if err != nil {
		return err
	}
	gone := func(id string) bool { return slices.Contains(traceIDs, id) }
	for _, i := range items {
		rest := slices.DeleteFunc(append([]string{i.traceID}, i.also...), gone)
		if len(rest) == 0 {
			continue // the item is dropped
		}
		repeats := slices.DeleteFunc(i.repeats, gone)
		_, err := tx.ExecContext(ctx, "UPDATE items SET trace_id = ?, also = ?, repeats = ? WHERE position = ?",
			rest[0], joinIDs(rest[1:]), joinIDs(repeats), i.position)
		if err != nil {
			return err
		}
	}
	return nil
}

type sharedItem struct {
	position      int64
	traceID       string
	also, repeats []string
}

// shared returns the items that name several traces.
func shared(ctx context.Context, tx *sql.Tx) (items []sharedItem, err error) {
	rows, err := tx.QueryContext(ctx,
		"SELECT position, trace_id, also, repeats FROM items WHERE also != '' OR repeats != ''")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var i sharedItem
		var also, repeats string
		if err := rows.Scan(&i.position, &i.traceID, &also, &repeats); err != nil {
			return nil, err
		}
		i.also, i.repeats = splitIDs(also), splitIDs(repeats)
		items = append(items, i)
	}
	return items, rows.Err()
}

// joinIDs returns ids as a column has them, each with a comma behind it.
func joinIDs(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return strings.Join(ids, ",") + ","
}

func splitIDs(column string) []string {
	if column == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(column, ","), ",")
}
