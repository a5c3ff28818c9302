package sqlitequeue

import "context"

// LimitFile leaves the file no room to grow, as a full disk does.
func (q *Queue) LimitFile(ctx context.Context) error {
	_, err := q.db.Write.ExecContext(ctx, "PRAGMA max_page_count = 1") // SQLite takes the present size instead
	return err
}
