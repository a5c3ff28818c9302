package gate

import (
	"testing"

	"akita/internal/shape"
)

func TestSignature(t *testing.T) {
	t.Parallel()
	of := func(json string) signature {
		s, err := shape.OfJSON(json, shape.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return signatureOf(s)
	}
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{`1`, `23456`, true},
		{`"x"`, `"another text"`, true},
		{`{"a": 1, "b": 2}`, `{"a": "x", "b": null}`, true}, // of the fields, only the names count
		{`[1, 2]`, `[3]`, true},
		{`1`, `"x"`, false},
		{`1`, `null`, false},
		{`"x"`, `"2026-01-31"`, false},
		{`{"a": 1}`, `{"b": 1}`, false},
		{`{"ab": 1, "c": 1}`, `{"a": 1, "bc": 1}`, false},
		{`[1]`, `["x"]`, false},
		{`[]`, `{}`, false},
	} {
		if got := of(test.a) == of(test.b); got != test.same {
			t.Errorf("%s and %s have the same signature: %v, want %v", test.a, test.b, got, test.same)
		}
	}
	if signatureOf(nil) == of(`1`) {
		t.Error("an unknown value has the signature of a number")
	}
}
