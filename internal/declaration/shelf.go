package declaration

import (
	"errors"
	"slices"
	"sync"

	"akita/internal/declared"
)

// maxShelf is how many documents are kept read: a large one takes a second to read.
const maxShelf = 8

// errUnreadable means that reading a document failed in a way that its author cannot mend.
var errUnreadable = errors.New("it cannot be read as OpenAPI: check it with a validator, and report it to Akita")

// shelf holds the documents that were used last. One is read at a time, which bounds the memory.
type shelf struct {
	mu    sync.Mutex
	books []book // that which was used last comes last
}

type book struct {
	hash     string
	document *declared.Document
}

// read returns a document by its text.
func (s *shelf) read(text []byte) (*declared.Document, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	hash := hashOf(text)
	at := slices.IndexFunc(s.books, func(b book) bool { return b.hash == hash })
	if at >= 0 {
		found := s.books[at]
		s.books = append(slices.Delete(s.books, at, at+1), found)
		return found.document, nil
	}
	document, err := parse(text)
	if err != nil {
		return nil, err
	}
	if len(s.books) >= maxShelf {
		s.books = slices.Delete(s.books, 0, 1)
	}
	s.books = append(s.books, book{hash, document})
	return document, nil
}

// parse reads a document. A panic of a library is an error.
func parse(text []byte) (document *declared.Document, err error) {
	defer func() {
		if recover() != nil {
			document, err = nil, errUnreadable
		}
	}()
	return declared.Read(text, declared.Options{})
}
