package download

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"time"
)

// file is a file for download.
type file struct {
	name      string
	mediaType string
	os, arch  string // of a binary, else ""
	size      int64
	modified  time.Time // zero if unknown
	sha256    string    // in hexadecimal
	open      func() (io.ReadSeekCloser, error)
}

// inMemory returns a file with the given content.
func inMemory(name, mediaType string, content []byte) file {
	sum := sha256.Sum256(content)
	return file{
		name: name, mediaType: mediaType, size: int64(len(content)), sha256: hex.EncodeToString(sum[:]),
		open: func() (io.ReadSeekCloser, error) { return nopCloser{bytes.NewReader(content)}, nil },
	}
}

// nopCloser adds a Close method that does nothing.
type nopCloser struct{ io.ReadSeeker }

func (nopCloser) Close() error { return nil }

// sumOf returns the SHA-256 of r in hexadecimal. It stops when ctx ends.
func sumOf(ctx context.Context, r io.Reader) (string, error) {
	sum := sha256.New()
	if _, err := io.Copy(sum, untilDone{ctx, r}); err != nil {
		return "", fmt.Errorf("compute checksum: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// untilDone is a reader that fails when ctx ends.
type untilDone struct {
	ctx context.Context
	io.Reader
}

func (u untilDone) Read(b []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.Reader.Read(b)
}
