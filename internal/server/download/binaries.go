package download

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"time"
)

// binaries holds the akita executables: the running one, and those in a directory.
type binaries struct {
	dir string
	own file
	// exe stays open: it is the running program, even after its path was replaced by
	// a newer one.
	exe *os.File

	logger *slog.Logger

	mu      sync.Mutex
	sums    map[string]knownSum // by file name in dir
	skipped map[string]bool     // by file name in dir: whether the file was unreadable, which was logged
}

// knownSum is the checksum of a file. It is valid while the file has the same size
// and modification time.
type knownSum struct {
	size     int64
	modified time.Time
	sha256   string
}

func openBinaries(config Config) (*binaries, error) {
	exe, err := os.Open(config.Executable)
	if err != nil {
		return nil, fmt.Errorf("open own executable: %w", err)
	}
	own, err := ownFile(config, exe)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read own executable: %w", err), exe.Close())
	}
	b := &binaries{
		dir: config.Dir, own: own, exe: exe, logger: config.Logger,
		sums: make(map[string]knownSum), skipped: make(map[string]bool),
	}
	if _, err := b.fromDir(context.Background()); err != nil {
		return nil, errors.Join(err, exe.Close())
	}
	return b, nil
}

func ownFile(config Config, exe *os.File) (file, error) {
	info, err := exe.Stat()
	if err != nil {
		return file{}, err
	}
	section := func() *io.SectionReader { return io.NewSectionReader(exe, 0, info.Size()) }
	sum, err := sumOf(context.Background(), section())
	if err != nil {
		return file{}, err
	}
	name := "akita-" + config.GOOS + "-" + config.GOARCH
	if config.GOOS == "windows" {
		name += ".exe"
	}
	return file{
		name: name, mediaType: binaryType, os: config.GOOS, arch: config.GOARCH,
		size: info.Size(), modified: info.ModTime(), sha256: sum,
		open: func() (io.ReadSeekCloser, error) { return nopCloser{section()}, nil },
	}, nil
}

const binaryType = "application/octet-stream"

// Close closes the running executable.
func (b *binaries) Close() error { return b.exe.Close() }

// list returns the binaries, sorted by name. For the platform of the server, it is
// the running executable.
func (b *binaries) list(ctx context.Context) ([]file, error) {
	files, err := b.fromDir(ctx)
	if err != nil {
		return nil, err
	}
	files = slices.DeleteFunc(files, func(f file) bool { return f.name == b.own.name })
	files = append(files, b.own)
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.name, b.name) })
	return files, nil
}

var binaryName = regexp.MustCompile(`^akita-([a-z0-9]+)-([a-z0-9]+)(\.exe)?$`)

// fromDir returns the binaries in the directory that can be read.
func (b *binaries) fromDir(ctx context.Context) ([]file, error) {
	if b.dir == "" {
		return nil, nil
	}
	entries, err := os.ReadDir(b.dir)
	if err != nil {
		return nil, fmt.Errorf("read download directory: %w", err)
	}
	var files []file
	for _, entry := range entries {
		platform := binaryName.FindStringSubmatch(entry.Name())
		if platform == nil {
			continue
		}
		f, err := b.ofPath(ctx, filepath.Join(b.dir, entry.Name()))
		if ctx.Err() != nil {
			return nil, fmt.Errorf("read download directory: %w", ctx.Err())
		}
		b.noteSkipped(entry.Name(), err)
		if err != nil {
			continue
		}
		f.os, f.arch = platform[1], platform[2]
		files = append(files, f)
	}
	return files, nil
}

// noteSkipped logs that a file cannot be read, once until it can be read again.
func (b *binaries) noteSkipped(name string, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil && !b.skipped[name] {
		b.logger.Warn("Binary in the download directory cannot be read", "name", name, "error", err)
	}
	b.skipped[name] = err != nil
}

// ofPath returns the file at path with its checksum.
func (b *binaries) ofPath(ctx context.Context, path string) (file, error) {
	info, err := os.Stat(path)
	if err != nil {
		return file{}, err
	}
	if !info.Mode().IsRegular() { // opening a named pipe would block
		return file{}, fmt.Errorf("%s is not a regular file", path)
	}
	content, err := os.Open(path)
	if err != nil {
		return file{}, err
	}
	defer func() { _ = content.Close() }() // read-only
	if info, err = content.Stat(); err != nil {
		return file{}, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	known, ok := b.sums[info.Name()]
	if !ok || known.size != info.Size() || !known.modified.Equal(info.ModTime()) {
		sum, err := sumOf(ctx, content)
		if err != nil {
			return file{}, err
		}
		known = knownSum{info.Size(), info.ModTime(), sum}
		b.sums[info.Name()] = known
	}
	return file{
		name: info.Name(), mediaType: binaryType, size: known.size, modified: known.modified, sha256: known.sha256,
		open: func() (io.ReadSeekCloser, error) { return os.Open(path) },
	}, nil
}
