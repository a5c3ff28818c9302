package download

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestInMemory(t *testing.T) {
	t.Parallel()
	f := inMemory("notes.txt", "text/plain", []byte("content"))
	if f.size != 7 || f.sha256 != sum("content") {
		t.Errorf("size %d, checksum %s", f.size, f.sha256)
	}
	for range 2 { // each reader starts at the beginning
		content, err := f.open()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(content); err != nil || string(got) != "content" {
			t.Errorf("content %q, %v", got, err)
		}
		if err := content.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestSumOf(t *testing.T) {
	t.Parallel()
	if got, err := sumOf(t.Context(), strings.NewReader("content")); err != nil || got != sum("content") {
		t.Errorf("got %s, %v", got, err)
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := sumOf(canceled, strings.NewReader("content")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}
