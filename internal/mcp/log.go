package mcp

import (
	"context"
	"log/slog"
)

// warnings returns a logger without the SDK's lines about the beginning and end of each session: over
// HTTP, every request is one.
func warnings(logger *slog.Logger) *slog.Logger { return slog.New(quiet{logger.Handler()}) }

// quiet is a handler of warnings and errors.
type quiet struct{ slog.Handler }

// Enabled implements slog.Handler.
func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}

// WithAttrs implements slog.Handler.
func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(attrs)} }

// WithGroup implements slog.Handler.
func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }
