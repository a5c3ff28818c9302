package ingest

import (
	"errors"
	"strings"
	"testing"
)

func TestGuard(t *testing.T) {
	t.Parallel()
	failure := errors.New("failure")
	if err := guard(func() error { return failure }); !errors.Is(err, failure) {
		t.Errorf("got %v, want %v", err, failure)
	}
	if err := guard(func() error { return nil }); err != nil {
		t.Errorf("got %v, want nil", err)
	}
	err := guard(func() error { panic("odd input") })
	if err == nil {
		t.Fatal("no error for a panic")
	}
	for _, want := range []string{"panic: odd input\n", "guard_test.go"} { // the value and the stack
		if !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q in it", err, want)
		}
	}
}
