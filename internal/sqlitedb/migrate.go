package sqlitedb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// ErrNewerSchema means that a newer version of the program wrote the file.
var ErrNewerSchema = errors.New("its schema is newer than this program")

// migrate applies the migrations that are missing in the database, each in its
// own transaction.
func migrate(ctx context.Context, db *sql.DB, path string, migrations fs.FS) error {
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, migrations, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	have, want, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read schema version of %s: %w", path, err)
	}
	if have > want {
		return fmt.Errorf(
			"open database %s: %w (version %d, supported up to %d): run the version of akita that wrote it, or a later one",
			path, ErrNewerSchema, have, want)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate database %s: %w", path, err)
	}
	return nil
}
