package sqlitequeue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/crc32"

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
	item      queue.Item
	duplicate bool          // set before done is closed
	err       error         // set before done is closed
	done      chan struct{} // closed when the outcome is known
}

// Append implements queue.Queue. Calls that arrive during a commit share the
// next one.
func (q *Queue) Append(ctx context.Context, item queue.Item) (duplicate bool, err error) {
	item.CRC32C = crc32.Checksum(item.Payload, castagnoli)
	p := &pending{item: item, done: make(chan struct{})}
	select {
	case q.appends <- p:
	case <-q.closing:
		return false, fmt.Errorf("append: %w", errClosed)
	case <-ctx.Done():
		return false, fmt.Errorf("append: %w", ctx.Err())
	}
	select {
	case <-p.done:
		return p.duplicate && p.err == nil, p.err
	case <-ctx.Done():
		return false, fmt.Errorf("append: %w", ctx.Err())
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
		if !p.duplicate {
			added.items++
			added.bytes += size
		}
	}
	return added, tx.Commit()
}

// refuse sets ErrFull for an item, unless it is a duplicate: then its sender can
// delete it.
func refuse(ctx context.Context, tx *sql.Tx, p *pending) error {
	row := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM bundles WHERE bundle_id = ?)", p.item.BundleID)
	if err := row.Scan(&p.duplicate); err != nil {
		return err
	}
	if !p.duplicate {
		p.err = fmt.Errorf("append: %w", queue.ErrFull)
	}
	return nil
}

func (q *Queue) insertOne(ctx context.Context, tx *sql.Tx, p *pending) error {
	result, err := tx.ExecContext(ctx, `
		INSERT INTO bundles (bundle_id, accepted_at) VALUES (?, ?) ON CONFLICT (bundle_id) DO NOTHING`,
		p.item.BundleID, q.config.Now().UnixMicro())
	if err != nil {
		return err
	}
	inserted, err := result.RowsAffected()
	if err != nil {
		return err
	}
	if inserted == 0 {
		p.duplicate = true
		return nil
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
