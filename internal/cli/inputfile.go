package cli

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// input is a file that a command reads.
type input struct {
	io.Reader
	label         string // its name in messages
	clearProgress func() // removes the progress bar from the terminal until the next read
	closeFile     func() error
}

func (in *input) close() {
	in.clearProgress()
	_ = in.closeFile() // the file was only read
}

// openInput opens a file, or standard input for "-", and decompresses gzip.
func openInput(cmd *cobra.Command, name string) (*input, error) {
	in := &input{Reader: cmd.InOrStdin(), label: "standard input", closeFile: func() error { return nil }}
	size := int64(-1)
	if name != "-" {
		f, err := openFile(name)
		if err != nil {
			return nil, err
		}
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
		in.Reader, in.label, in.closeFile = f, name, f.Close
	}
	in.Reader, in.clearProgress = watchReading(in.Reader, in.label, size, cmd.ErrOrStderr())
	in.Reader = gunzip(in.Reader)
	return in, nil
}

func openFile(name string) (*os.File, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return nil, usagef("%s is a directory: name the files in it, for example %s", name, filepath.Join(name, "*.har"))
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, usagef("%w", err)
	}
	return f, nil
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
	if _, isDisk := errors.AsType[*fs.PathError](err); err == nil || errors.Is(err, io.EOF) || isDisk {
		return n, err
	}
	return n, fmt.Errorf("its gzip data is truncated or damaged: %w", err)
}
