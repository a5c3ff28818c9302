package spool

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"akita/internal/dirsync"
)

const segmentSuffix = ".spool"

// segmentFile is the part of *os.File that a segment uses. Tests replace it with a
// disk that fails or loses power.
type segmentFile interface {
	io.ReaderAt
	io.Writer
	Sync() error
	Truncate(size int64) error
	Close() error
}

// segment is one append-only file of frames. Only the newest is written to.
type segment struct {
	number    uint64
	path      string
	file      segmentFile
	size      int64     // bytes known to be on disk; later ones in the file do not count
	sealed    bool      // never written to again
	pending   int64     // witnesses not done
	bundles   int64     // frames not done
	keepUntil time.Time // until then its batch keys are needed, even if all is done
}

func (g *segment) start() position { return position{g.number, 0} }
func (g *segment) end() position   { return position{g.number, g.size} }

func (g *segment) remove() error {
	return errors.Join(g.file.Close(), os.Remove(g.path))
}

func segmentPath(dir string, number uint64) string {
	return filepath.Join(dir, fmt.Sprintf("%016x%s", number, segmentSuffix))
}

// listSegments returns the numbers of the segments in dir, ascending.
func listSegments(dir string) ([]uint64, error) {
	entries, err := os.ReadDir(dir) // sorted by name, and so by number
	if err != nil {
		return nil, fmt.Errorf("list segments: %w", err)
	}
	var numbers []uint64
	for _, entry := range entries {
		name, ok := strings.CutSuffix(entry.Name(), segmentSuffix)
		if !ok {
			continue
		}
		if number, err := strconv.ParseUint(name, 16, 64); err == nil {
			numbers = append(numbers, number)
		}
	}
	return numbers, nil
}

func createFile(path string) (segmentFile, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	if err := dirsync.Sync(filepath.Dir(path)); err != nil {
		return nil, errors.Join(err, file.Close(), os.Remove(path))
	}
	return file, nil
}

// openSegment opens a segment of an earlier run and calls visit with each intact
// frame. The newest segment may end with an unfinished frame, which was never
// acknowledged and is cut off; cut is its length.
func openSegment(
	dir string,
	number uint64,
	newest bool,
	visit func(at position, f *frame),
) (g *segment, cut int64, err error) {
	path := segmentPath(dir, number)
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, 0, fmt.Errorf("open segment: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, file.Close())
		}
	}()
	info, err := file.Stat()
	if err != nil {
		return nil, 0, fmt.Errorf("open segment: %w", err)
	}
	g = &segment{number: number, path: path, file: file, size: info.Size(), sealed: true}
	for off := int64(0); off < g.size; {
		f, next, err := readFrame(file, off, g.size)
		switch {
		case err == nil:
			visit(position{number, off}, &f)
		case newest && errors.Is(err, errTruncated):
			if err := cutTail(file, off); err != nil {
				return nil, 0, err
			}
			cut, g.size = g.size-off, off
			return g, cut, nil
		case !errors.Is(err, errCorrupt) && !errors.Is(err, errTruncated):
			return nil, 0, err
		}
		off = next
	}
	return g, 0, nil
}

func cutTail(file segmentFile, size int64) error {
	if err := file.Truncate(size); err != nil {
		return fmt.Errorf("cut unfinished frame: %w", err)
	}
	if err := file.Sync(); err != nil {
		return fmt.Errorf("cut unfinished frame: %w", err)
	}
	return nil
}
