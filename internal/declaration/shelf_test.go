package declaration

import (
	"fmt"
	"testing"
)

func TestShelf(t *testing.T) {
	t.Parallel()
	var s shelf
	text := func(i int) []byte { return fmt.Appendf(nil, `{"openapi":"3.1.0","paths":{},"info":{"title":"%d"}}`, i) }
	first, err := s.read(text(0))
	if err != nil {
		t.Fatal(err)
	}
	for i := range maxShelf - 1 {
		if _, err := s.read(text(i + 1)); err != nil {
			t.Fatal(err)
		}
	}
	again, err := s.read(text(0))
	if err != nil || again != first {
		t.Errorf("a document is read twice: %v", err)
	}
	if _, err := s.read(text(maxShelf)); err != nil || len(s.books) != maxShelf {
		t.Errorf("%d documents, %v", len(s.books), err)
	}
	if again, err = s.read(text(0)); err != nil || again != first {
		t.Errorf("the document that was used last is forgotten: %v", err)
	}
	if _, err := s.read([]byte("no document")); err == nil {
		t.Error("no document is read")
	}
}
