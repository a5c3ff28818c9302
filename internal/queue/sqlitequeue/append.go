package sqlitequeue

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"

	"akita/internal/queue"
	"akita/internal/sqlitedb"
)

// Limits of one commit: large enough to share the cost of a sync, small enough
// that the first append does not wait long.
const (
	maxCommitItems = 256
	maxCommitBytes = 16 << 20
)

var (
	errClosed  = errors.New("queue is closed")
	castagnoli = crc32.MakeTable(crc32.Castagnoli)
)

// pending is a call of Append that waits for its commit.
type pending struct {
	item  queue.Item
	known []string      // set before done is closed
	err   error         // set before done is closed
	done  chan struct{} // closed when the outcome is known
}

// Append implements queue.Queue. Calls that arrive during a commit share the
// next one.
func (q *Queue) Append(ctx context.Context, item queue.Item) (known []string, err error) {
	item.CRC32C = crc32.Checksum(item.Payload, castagnoli)
	p := &pending{item: item, done: make(chan struct{})}
	select {
	case q.appends <- p:
	case <-q.closing:
		return nil, fmt.Errorf("append: %w", errClosed)
	case <-ctx.Done():
		return nil, fmt.Errorf("append: %w", ctx.Err())
	}
	select {
	case <-p.done:
		if p.err != nil {
			return nil, p.err
		}
		return p.known, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("append: %w", ctx.Err())
	}
}

// commitAppends commits appended items until the queue is closed.
func (q *Queue) commitAppends() {
	for {
		select {
		case first := <-q.appends:
			q.commit(q.gather(first))
		case <-q.closing:
			return
		}
	}
}

// gather returns first and the appends that are waiting already, up to the
// limits of a commit.
func (q *Queue) gather(first *pending) []*pending {
	batch, bytes := []*pending{first}, len(first.item.Payload)
	for len(batch) < maxCommitItems && bytes < maxCommitBytes {
		select {
		case p := <-q.appends:
			batch, bytes = append(batch, p), bytes+len(p.item.Payload)
		default:
			return batch
		}
	}
	return batch
}

// commit writes a batch and passes the result to each Append.
func (q *Queue) commit(batch []*pending) {
	// The callers share the transaction, so the context of none of them may end it.
	added, err := q.insert(context.Background(), batch)
	if sqlitedb.IsFull(err) {
		err = fmt.Errorf("%w: %w", queue.ErrFull, err)
	}
	if err == nil {
		q.add(added)
	}
	for _, p := range batch {
		if err != nil && p.err == nil {
			p.err = fmt.Errorf("append: %w", err)
		}
		close(p.done)
	}
	if err == nil && added.items > 0 {
		q.wake()
	}
}

func (q *Queue) wake() {
	select {
	case q.notify <- struct{}{}:
	default: // the value in the channel stands for this append too
	}
}

// insert adds a batch in one transaction. An item that exceeds the limit gets
// its own error; the others are added.
func (q *Queue) insert(ctx context.Context, batch []*pending) (added load, err error) {
	tx, err := q.db.Write.BeginTx(ctx, nil)
	if err != nil {
		return load{}, err
	}
	defer tx.Rollback() // a no-op after Commit
	_, held, _ := q.Depth(ctx)
	for _, p := range batch {
		size := int64(len(p.item.Payload))
		if held+added.bytes+size > q.config.MaxBytes {
			if err := refuse(ctx, tx, p); err != nil {
				return load{}, err
			}
			continue
		}
		if err := q.insertOne(ctx, tx, p); err != nil {
			return load{}, err
		}
		if len(p.known) == 0 {
			added.items++
			added.bytes += size
		}
	}
	return added, tx.Commit()
}

// refuse sets the outcome of an append when the queue has no space for it. It reports known ids all
// the same.
func refuse(ctx context.Context, tx *sql.Tx, p *pending) error {
	ids, err := p.ids()
	if err != nil {
		return err
	}
	if err := p.lookUp(ctx, tx, ids); err != nil {
		return err
	}
	if len(p.known) == 0 {
		p.err = fmt.Errorf("append: %w", queue.ErrFull)
	}
	return nil
}

// lookUp sets the ids that were appended before.
func (p *pending) lookUp(ctx context.Context, tx *sql.Tx, ids string) error {
	rows, err := tx.QueryContext(ctx,
		"SELECT value FROM json_each(?) JOIN bundles ON bundle_id = value ORDER BY key", ids)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		p.known = append(p.known, id)
	}
	return rows.Err()
}

// ids returns the bundle ids of an item as a list of JSON. The last one is that of its position.
func (p *pending) ids() (string, error) {
	ids, err := json.Marshal(append(slices.Clone(p.item.With), p.item.BundleID))
	return string(ids), err
}

// insertOne inserts an item, unless one of its ids is known.
func (q *Queue) insertOne(ctx context.Context, tx *sql.Tx, p *pending) error {
	ids, err := p.ids()
	if err != nil {
		return err
	}
	if err := p.lookUp(ctx, tx, ids); err != nil || len(p.known) > 0 {
		return err
	}
	result, err := tx.ExecContext(ctx,
		"INSERT INTO bundles (bundle_id, accepted_at) SELECT value, ?1 FROM json_each(?2) ORDER BY key",
		q.config.Now().UnixMicro(), ids)
	if err != nil {
		return err
	}
	position, err := result.LastInsertId()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO items (position, project_id, trace_id, also, repeats, witnesses, crc32c, payload)
		VALUES (?, ?, ?, ?, ?, ?, ?, coalesce(?, x''))`,
		position, p.item.ProjectID, p.item.TraceID, joinIDs(p.item.Also), joinIDs(p.item.Repeats),
		p.item.Witnesses, p.item.CRC32C, p.item.Payload)
	return err
}
