package sqlitequeue

import "context"

// LimitFile prevents the file from growing, as a full disk does.
func (q *Queue) LimitFile(ctx context.Context) error {
	_, err := q.db.Write.ExecContext(ctx, "PRAGMA max_page_count = 1") // SQLite uses the current page count
	return err
}
