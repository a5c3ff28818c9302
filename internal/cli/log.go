package cli

import (
	"context"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync"

	"akita/internal/printable"
)

// newLogger returns a logger that writes lines of this form, followed by key=value pairs:
//
//	[INFO] Activating trace powder-blue-panda-338 (lrn_6EjLU2sINbfKRwmqeqQM8s)
//
// Unprintable characters are escaped, so that a logged value cannot forge a line or control
// a terminal. Lines carry no time, because what collects the output of a process (Heroku, systemd,
// Docker) adds its own.
func newLogger(w io.Writer, level slog.Leveler) *slog.Logger {
	return slog.New(&lineHandler{out: &lockedWriter{w: w}, level: level})
}

type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(b)
}

type lineHandler struct {
	out    io.Writer
	level  slog.Leveler
	prefix string // of group names, each with a dot
	fixed  string // formatted attributes of WithAttrs
}

func (h *lineHandler) Enabled(_ context.Context, level slog.Level) bool {
	return level >= h.level.Level()
}

func (h *lineHandler) Handle(_ context.Context, r slog.Record) error {
	var line strings.Builder
	line.WriteString("[" + r.Level.String() + "] " + printable.Text(r.Message) + h.fixed)
	r.Attrs(func(a slog.Attr) bool {
		appendAttr(&line, h.prefix, a)
		return true
	})
	line.WriteByte('\n')
	_, err := io.WriteString(h.out, line.String())
	return err
}

func (h *lineHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	var line strings.Builder
	for _, a := range attrs {
		appendAttr(&line, h.prefix, a)
	}
	next := *h
	next.fixed += line.String()
	return &next
}

func (h *lineHandler) WithGroup(name string) slog.Handler {
	next := *h
	next.prefix += name + "."
	return &next
}

func appendAttr(line *strings.Builder, prefix string, a slog.Attr) {
	value := a.Value.Resolve()
	if value.Kind() == slog.KindGroup {
		if a.Key != "" {
			prefix += a.Key + "."
		}
		for _, inner := range value.Group() {
			appendAttr(line, prefix, inner)
		}
		return
	}
	if a.Equal(slog.Attr{}) {
		return
	}
	text := value.String()
	if text == "" || strings.ContainsAny(text, " \"=") || printable.Text(text) != text {
		text = strconv.Quote(text) // which escapes what escaped does
	}
	line.WriteString(" " + printable.Text(prefix+a.Key) + "=" + text)
}
