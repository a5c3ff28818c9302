package sqlitequeue

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"akita/internal/queue"
)

// Read implements queue.Queue.
func (q *Queue) Read(ctx context.Context, after int64, maxItems int, maxBytes int64) ([]queue.Item, error) {
	rows, err := q.db.Queries.Query(ctx, `
		SELECT position, bundle_id, project_id, trace_id, also, repeats, witnesses, crc32c, accepted_at, payload
		FROM items JOIN bundles USING (position) WHERE position > ? ORDER BY position LIMIT ?`, after, maxItems)
	if err != nil {
		return nil, fmt.Errorf("read queue: %w", err)
	}
	defer rows.Close()
	var items []queue.Item
	for bytes := int64(0); rows.Next(); {
		var i queue.Item
		var accepted int64
		var also, repeats string
		err := rows.Scan(&i.Position, &i.BundleID, &i.ProjectID, &i.TraceID, &also, &repeats,
			&i.Witnesses, &i.CRC32C, &accepted, &i.Payload)
		if err != nil {
			return nil, fmt.Errorf("read queue: %w", err)
		}
		i.Also, i.Repeats = splitIDs(also), splitIDs(repeats)
		i.Accepted = time.UnixMicro(accepted).UTC()
		if bytes += int64(len(i.Payload)); bytes > maxBytes && len(items) > 0 {
			return items, nil
		}
		items = append(items, i)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read queue: %w", err)
	}
	return items, nil
}

// Release implements queue.Queue. It also deletes the bundle ids that exceed
// Config.RememberFor or Config.RememberIDs, at most 1000 at a time.
func (q *Queue) Release(ctx context.Context, upTo int64) error {
	tx, err := q.db.Write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("release: %w", err)
	}
	defer tx.Rollback() // a no-op after Commit
	released, err := q.release(ctx, tx, upTo)
	if err != nil {
		return fmt.Errorf("release: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("release: %w", err)
	}
	q.add(load{-released.items, -released.bytes})
	return nil
}

func (q *Queue) release(ctx context.Context, tx *sql.Tx, upTo int64) (released load, err error) {
	row := tx.QueryRowContext(ctx,
		"SELECT count(*), coalesce(sum(length(payload)), 0) FROM items WHERE position <= ?", upTo)
	if err := row.Scan(&released.items, &released.bytes); err != nil {
		return load{}, err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM items WHERE position <= ?", upTo); err != nil {
		return load{}, err
	}
	// Positions are in the order of accepted_at, so it is enough to look at the
	// first ones. The id of an item that is not released stays.
	_, err = tx.ExecContext(ctx, `
		DELETE FROM bundles WHERE position <= (
			SELECT max(position) FROM (SELECT position, accepted_at FROM bundles ORDER BY position LIMIT 1000)
			WHERE position <= ?1 AND (accepted_at < ?2 OR position <= (SELECT max(position) FROM bundles) - ?3))`,
		upTo, q.config.Now().Add(-q.config.RememberFor).UnixMicro(), q.config.RememberIDs)
	return released, err
}

// Purge implements queue.Queue.
func (q *Queue) Purge(ctx context.Context) error {
	if err := q.db.Purge(ctx); err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	return nil
}
