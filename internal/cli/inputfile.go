package cli

import (
	"archive/zip"
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"akita/internal/printable"
)

// input is a recording that a command reads: a file, or a part of a zip archive.
type input struct {
	io.Reader
	label         string // its name in messages
	bodies        *bodyFiles
	clearProgress func() // removes the progress bar from the terminal until the next read
	closeFile     func() error
}

func (in *input) close() {
	in.clearProgress()
	_, _ = in.bodies.close(), in.closeFile() // the files were only read
}

// openInput opens a file, or standard input for "-", and decompresses gzip. A zip archive is as
// many inputs as it has recordings. The caller closes each of them.
func openInput(cmd *cobra.Command, name string) ([]*input, error) {
	in := &input{
		Reader: cmd.InOrStdin(), label: "standard input", bodies: noBodyFiles(), closeFile: func() error { return nil },
	}
	size := int64(-1)
	if name != "-" {
		f, err := openFile(name)
		if err != nil {
			return nil, err
		}
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			size = info.Size()
			if isZip(f) {
				return openZip(cmd, name, f, size)
			}
		}
		in.Reader, in.label, in.closeFile = f, name, f.Close
		in.bodies = bodyFilesBeside(name)
	}
	in.Reader, in.clearProgress = watchReading(in.Reader, in.label, size, cmd.ErrOrStderr())
	in.Reader = gunzip(in.Reader)
	return []*input{in}, nil
}

// isZip reports whether a file starts like a zip archive with files.
func isZip(f *os.File) bool {
	magic := make([]byte, len(zipMagic))
	n, err := f.ReadAt(magic, 0)
	return err == nil && string(magic[:n]) == zipMagic
}

const zipMagic = "PK\x03\x04"

// openZip opens the recordings in a zip archive: the files whose name ends in ".har".
func openZip(cmd *cobra.Command, name string, f *os.File, size int64) ([]*input, error) {
	archive, err := zip.NewReader(f, size)
	if err != nil {
		return nil, errors.Join(usagef("%s: its zip data is truncated or damaged: %w", name, err), f.Close())
	}
	var parts []*input
	for _, entry := range archive.File {
		if !strings.EqualFold(path.Ext(entry.Name), ".har") {
			continue
		}
		in := &input{label: name + ": " + printable.Text(entry.Name), bodies: bodyFilesIn(archive)}
		opened := &zippedReader{entry: entry}
		in.Reader, in.closeFile = opened, opened.close
		size := int64(min(entry.UncompressedSize64, math.MaxInt64))
		in.Reader, in.clearProgress = watchReading(in.Reader, in.label, size, cmd.ErrOrStderr())
		parts = append(parts, in)
	}
	if len(parts) == 0 {
		return nil, errors.Join(
			usagef("%s: the zip archive has no file whose name ends in .har: unpack it, and name the files", name), f.Close(),
		)
	}
	last := parts[len(parts)-1]
	closeEntry := last.closeFile
	last.closeFile = func() error { return errors.Join(closeEntry(), f.Close()) }
	return parts, nil
}

// zippedReader reads a file of a zip archive, which it opens with the first Read.
type zippedReader struct {
	entry *zip.File
	plain io.ReadCloser
}

func (z *zippedReader) Read(p []byte) (n int, err error) {
	if z.plain == nil {
		if z.plain, err = z.entry.Open(); err != nil {
			return 0, fmt.Errorf("its zip data is truncated or damaged: %w", err)
		}
	}
	n, err = z.plain.Read(p)
	return n, damaged("zip", err)
}

func (z *zippedReader) close() error {
	if z.plain == nil {
		return nil
	}
	return z.plain.Close()
}

func openFile(name string) (*os.File, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return nil, usagef("%s is a directory: name the files in it, for example %s", name, filepath.Join(name, "*.har"))
	}
	f, err := os.Open(name)
	if err != nil && isURL(name) {
		return nil, usagef("%s is a URL, and this command fetches none: download it, for example with "+
			"\"curl --output FILE URL\"; \"akita declare --url\" lets a server fetch the document of a project", name)
	}
	if err != nil {
		return nil, usagef("%w", err)
	}
	return f, nil
}

// isURL reports whether a name is the address of a page, and not that of a file.
func isURL(name string) bool {
	return strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://")
}

// gunzip decompresses r if it starts like gzip and returns other data unchanged.
func gunzip(r io.Reader) io.Reader {
	buffered := bufio.NewReaderSize(r, 64<<10)
	if magic, err := buffered.Peek(2); err != nil || string(magic) != "\x1f\x8b" {
		return buffered // the reader reports an empty or unreadable file
	}
	return &gunzipReader{compressed: buffered}
}

// gunzipReader marks errors of the compression, to distinguish them from errors of the disk.
type gunzipReader struct {
	compressed *bufio.Reader
	plain      *gzip.Reader // nil until the first Read
}

func (g *gunzipReader) Read(p []byte) (n int, err error) {
	if g.plain == nil {
		g.plain, err = gzip.NewReader(g.compressed)
	}
	if err == nil {
		n, err = g.plain.Read(p)
	}
	return n, damaged("gzip", err)
}

// damaged marks an error of the compression, to distinguish it from errors of the disk.
func damaged(format string, err error) error {
	if _, isDisk := errors.AsType[*fs.PathError](err); err == nil || errors.Is(err, io.EOF) || isDisk {
		return err
	}
	return fmt.Errorf("its %s data is truncated or damaged: %w", format, err)
}
