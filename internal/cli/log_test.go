package cli

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
)

// lineKey is a key that ends a line.
var lineKey = "k\n"

func TestLogger(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		log  func(*slog.Logger)
		want string
	}{
		"a message":     {func(l *slog.Logger) { l.Info("Ready") }, "[INFO] Ready\n"},
		"a level":       {func(l *slog.Logger) { l.Warn("Slow") }, "[WARN] Slow\n"},
		"a level below": {func(l *slog.Logger) { l.Debug("Detail") }, ""},
		"pairs":         {func(l *slog.Logger) { l.Info("Sent", "calls", 3, "to", "a") }, "[INFO] Sent calls=3 to=a\n"},
		"a value with spaces": {
			func(l *slog.Logger) { l.Info("M", "error", errors.New("no route")) }, "[INFO] M error=\"no route\"\n",
		},
		"an empty value": {func(l *slog.Logger) { l.Info("M", "name", "") }, "[INFO] M name=\"\"\n"},
		"a line break":   {func(l *slog.Logger) { l.Info("A\n[WARN] B", "k", "a\nb") }, "[INFO] A\\n[WARN] B k=\"a\\nb\"\n"},
		"unprintable characters": {
			func(l *slog.Logger) {
				l.Info("A\u009b2J\u202eB\u2028",
					slog.String(lineKey, "\u202ea"), slog.String("v", "\u0085"), slog.String("w", "\xff"))
			},
			`[INFO] A\u009b2J\u202eB\u2028 k\n="\u202ea" v="\u0085" w="\xff"` + "\n",
		},
		"unprintable fixed pairs": {
			func(l *slog.Logger) { l.WithGroup("g\n").With("a", "\u009b").Info("M") }, `[INFO] M g\n.a="\u009b"` + "\n",
		},
		"fixed pairs":    {func(l *slog.Logger) { l.With("part", "x").Info("M", "k", 1) }, "[INFO] M part=x k=1\n"},
		"a group":        {func(l *slog.Logger) { l.WithGroup("g").With("a", 1).Info("M", "b", 2) }, "[INFO] M g.a=1 g.b=2\n"},
		"an inner group": {func(l *slog.Logger) { l.Info("M", slog.Group("g", "a", 1)) }, "[INFO] M g.a=1\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			test.log(newLogger(&out, slog.LevelInfo))
			if out.String() != test.want {
				t.Errorf("got %q, want %q", out.String(), test.want)
			}
		})
	}
}
