package id_test

import (
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"akita/internal/id"
)

func TestFormat(t *testing.T) {
	t.Parallel()
	u := uuid.MustParse("ccf2b1dc-954a-4b18-a8df-dcc70a0e48ee")
	if got, want := id.Format(id.Trace, u), "lrn_6EjLU2sINbfKRwmqeqQM8s"; got != want {
		t.Errorf("Format = %s, want %s", got, want)
	}
}

func TestParseInvertsFormat(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var u uuid.UUID
		copy(u[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "uuid"))
		got, err := id.Parse(id.Project, id.Format(id.Project, u))
		if err != nil || got != u {
			t.Fatalf("Parse(Format(%v)) = %v, %v", u, got, err)
		}
	})
}

func TestMalformed(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"empty":             "",
		"no tag":            "6EjLU2sINbfKRwmqeqQM8s",
		"another tag":       "svc_6EjLU2sINbfKRwmqeqQM8s",
		"too short":         "lrn_6EjLU2sINbfKRwmqeqQM8",
		"too long":          "lrn_6EjLU2sINbfKRwmqeqQM8s0",
		"foreign character": "lrn_6EjLU2sINbfKRwmqeqQM8-",
		"over 128 bits":     "lrn_zzzzzzzzzzzzzzzzzzzzzz",
	} {
		if id.Is(id.Trace, text) {
			t.Errorf("%s: Is(%q) = true, want false", name, text)
		}
	}
}
