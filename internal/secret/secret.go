// Package secret prevents credentials from being printed by accident.
package secret

import (
	"encoding/json"
	"log/slog"
)

const redacted = "[REDACTED]"

// Text is a credential. fmt, encoding/json and slog print it as [REDACTED];
// only Reveal returns its value.
type Text string

// Reveal returns the credential.
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
