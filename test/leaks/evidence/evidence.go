// Package evidence collects what left a machine: every string in the bundles that a daemon
// uploaded and in the databases of a server.
package evidence

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
	_ "modernc.org/sqlite" // reads the server's databases
)

// Strings is a set of strings in lower case. It is safe for concurrent use.
type Strings struct {
	mu  sync.Mutex
	all map[string]bool
}

// New returns an empty set.
func New() *Strings { return &Strings{all: make(map[string]bool)} }

// Has reports whether a text was found: as a string, as a part of one between separators, or
// escaped in one.
func (s *Strings) Has(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	text = strings.ToLower(text)
	return s.all[text] || s.all[strings.ToLower(url.QueryEscape(text))] || s.all[strings.ToLower(url.PathEscape(text))]
}

// Len returns the number of different strings.
func (s *Strings) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.all)
}

// quoted is a JSON string.
var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// Add adds the strings in a text with JSON in it: its quoted strings, and their parts.
func (s *Strings) Add(text []byte) {
	for _, q := range quoted.FindAll(text, -1) {
		var plain string
		if json.Unmarshal(q, &plain) != nil {
			plain = strings.Trim(string(q), `"`)
		}
		s.add(plain)
	}
}

// add adds a string and its parts: between separators, and before and after each full stop.
func (s *Strings) add(text string) {
	text = strings.ToLower(text)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all[text] {
		return
	}
	s.all[text] = true
	for _, part := range strings.FieldsFunc(text, isSeparator) {
		s.all[part] = true
		for i := range len(part) {
			if part[i] == '.' {
				s.all[part[:i]], s.all[part[i+1:]] = true, true
			}
		}
	}
}

func isSeparator(r rune) bool { return strings.ContainsRune(" /:;,=&?+@{}()<>\"'|\\", r) }

// magic begins a zstd frame.
var magic = []byte{0x28, 0xb5, 0x2f, 0xfd}

func unpack(data []byte) ([]byte, error) {
	decoder, err := zstd.NewReader(bytes.NewReader(data), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer decoder.Close()
	return io.ReadAll(decoder)
}

// AddDatabase adds the strings in every value of every table of a SQLite database. Values that
// are compressed with zstd are unpacked; a value that has no quotes is one string.
func (s *Strings) AddDatabase(path string) error {
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	defer db.Close()
	tables, err := column(db, `SELECT name FROM sqlite_schema WHERE type = 'table'`)
	if err != nil {
		return fmt.Errorf("list the tables of %s: %w", path, err)
	}
	for _, table := range tables {
		if err := s.addTable(db, table); err != nil {
			return fmt.Errorf("read %s, %s: %w", path, table, err)
		}
	}
	return nil
}

func column(db *sql.DB, query string) ([]string, error) {
	rows, err := db.Query(query) //nolint:noctx // a local file
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var values []string
	for rows.Next() {
		var value string
		if err := rows.Scan(&value); err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, rows.Err()
}

func (s *Strings) addTable(db *sql.DB, table string) error {
	rows, err := db.Query(`SELECT * FROM "` + table + `"`) //nolint:noctx,gosec // a local file, which names the table
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for _, value := range values {
			switch value := value.(type) {
			case []byte:
				s.addValue(value)
			case string:
				s.addValue([]byte(value))
			}
		}
	}
	return rows.Err()
}

func (s *Strings) addValue(value []byte) {
	for at := bytes.Index(value, magic); at >= 0; {
		if plain, err := unpack(value[at:]); len(plain) > 0 || err == nil {
			s.Add(plain)
		}
		next := bytes.Index(value[at+1:], magic)
		if next < 0 {
			break
		}
		at += 1 + next
	}
	if !bytes.ContainsRune(value, '"') {
		s.add(string(value))
	}
	s.Add(value)
}
