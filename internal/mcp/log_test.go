package mcp

import (
	"bytes"
	"log/slog"
	"testing"
)

func TestOnlyWarningsAreLogged(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	logger := warnings(slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	}))).With("a", 1).WithGroup("g")
	logger.Info("begun")
	logger.Warn("odd", "b", 2)
	logger.Error("broken")
	want := "level=WARN msg=odd a=1 g.b=2\nlevel=ERROR msg=broken a=1\n"
	if out.String() != want {
		t.Errorf("got %s", out.String())
	}
}
