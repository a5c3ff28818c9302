package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"akita/internal/dirsync"
)

// errUnreadable means that the file of a report is damaged or gone.
var errUnreadable = errors.New("the file of the report cannot be read")

func isUnreadable(err error) bool { return errors.Is(err, errUnreadable) }

// saved is the content of a file.
type saved struct {
	Project  string         `json:"project"`
	Reported time.Time      `json:"reported"`
	Source   string         `json:"source,omitzero"`
	Content  jsontext.Value `json:"list"` // named by the first kind of reports: lists of routes
}

// hash returns what identifies the content.
func (s saved) hash() string {
	sum := sha256.Sum256(append([]byte(s.Source+"\x00"), s.Content...))
	return hex.EncodeToString(sum[:16])
}

// folder has one file for each project.
type folder struct {
	dir      string
	maxBytes int64 // of the content of a file
	check    func(content []byte) error
}

const ending = ".json"

// keyOf returns the key of a project. Case does not matter.
func keyOf(project string) string { return strings.ToLower(project) }

// path returns the file of a project. Names of projects may not be names of files.
func (f folder) path(project string) string {
	sum := sha256.Sum256([]byte(keyOf(project)))
	return filepath.Join(f.dir, hex.EncodeToString(sum[:16])+ending)
}

// open creates the folder, removes what an interrupted write left, and returns the files.
func (f folder) open() (paths []string, err error) {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return nil, err
	}
	files, err := os.ReadDir(f.dir)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		path := filepath.Join(f.dir, file.Name())
		if strings.HasSuffix(path, ending) {
			paths = append(paths, path)
		} else if err := os.Remove(path); err != nil {
			return nil, err
		}
	}
	return paths, nil
}

func (f folder) write(s saved) error {
	text, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return dirsync.ReplaceFile(f.path(s.Project), text)
}

// maxRest bounds what a file has beside the content, in bytes.
const maxRest = 64 << 10

func (f folder) read(path string) (s saved, err error) {
	file, err := os.Open(path)
	if err != nil {
		return s, err
	}
	defer func() { _ = file.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(file, f.maxBytes+maxRest))
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return s, fmt.Errorf("%s is damaged", filepath.Base(path))
	}
	return s, f.check(s.Content)
}

func (f folder) remove(project string) error {
	if err := os.Remove(f.path(project)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("forget report: %w", err)
	}
	return nil
}
