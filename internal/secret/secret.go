// Package secret keeps credentials from being printed by accident.
package secret

import (
	"encoding/json"
	"log/slog"
)

const redacted = "[REDACTED]"

// Text is a credential. It prints as [REDACTED] in fmt, JSON and slog; Reveal
// is the only way to its value.
type Text string

// Reveal returns the credential itself.
func (t Text) Reveal() string { return string(t) }

// String implements fmt.Stringer.
func (Text) String() string { return redacted }

// GoString implements fmt.GoStringer.
func (Text) GoString() string { return redacted }

// MarshalJSON implements json.Marshaler.
func (Text) MarshalJSON() ([]byte, error) { return json.Marshal(redacted) }

// MarshalText implements encoding.TextMarshaler.
func (Text) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue implements slog.LogValuer.
func (Text) LogValue() slog.Value { return slog.StringValue(redacted) }
