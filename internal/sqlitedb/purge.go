package sqlitedb

import (
	"context"
	"errors"
	"fmt"
)

// errBusy means that readers kept the write-ahead log from being emptied.
var errBusy = errors.New("readers use the write-ahead log")

// Purge removes the bytes of everything that was deleted from the file and its write-ahead log.
// SQLite only marks their pages as free. Purge rewrites the file, so it takes time and space like a
// copy of what is left, and writers wait for it.
func (d *DB) Purge(ctx context.Context) error {
	if _, err := d.Write.ExecContext(ctx, "VACUUM"); err != nil {
		return fmt.Errorf("purge: %w", err)
	}
	var busy, inLog, copied int
	row := d.Write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)") // it waits for readers
	if err := row.Scan(&busy, &inLog, &copied); err != nil {
		return fmt.Errorf("purge: %w", err)
	}
	if busy != 0 {
		return fmt.Errorf("purge: %w", errBusy)
	}
	return nil
}
