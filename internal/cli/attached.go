package cli

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"akita/internal/har"
)

// maxAttached is the maximum size of a body in a file of its own, in bytes.
const maxAttached = 64 << 20

// errNotAFile means that a name is not one of a file in the folder.
var errNotAFile = errors.New("not a file of the folder")

// bodyFiles reads the bodies that a recording has in files of their own, as Playwright does
// (content: "attach"). The files are in the folder of the recording, or in the same zip archive.
type bodyFiles struct {
	open    func(name string) (file io.ReadCloser, size int64, err error)
	close   func() error
	missing uint64 // bodies whose file was not found
	advice  string // what to do if files are missing
}

// Advice for a recording without the files of its bodies.
const (
	besideAdvice = `put them into the folder of the recording, or record with content: "embed" (Playwright)`
	inZipAdvice  = `put them into the zip archive, or record with content: "embed" (Playwright)`
	pipedAdvice  = `name the file in place of "-", or record with content: "embed" (Playwright)`
)

// noBodyFiles is for a recording that has no folder, such as standard input.
func noBodyFiles() *bodyFiles {
	return &bodyFiles{
		open:   func(string) (io.ReadCloser, int64, error) { return nil, 0, fs.ErrNotExist },
		close:  func() error { return nil },
		advice: pipedAdvice,
	}
}

// bodyFilesBeside reads the files in the folder of a file. Links are not followed, so that a
// recording cannot name a file elsewhere.
func bodyFilesBeside(recording string) *bodyFiles {
	var root *os.Root // opened when the first body needs it
	return &bodyFiles{
		advice: besideAdvice,
		open: func(name string) (io.ReadCloser, int64, error) {
			if root == nil {
				var err error
				if root, err = os.OpenRoot(filepath.Dir(recording)); err != nil {
					return nil, 0, err
				}
			}
			info, err := root.Lstat(name)
			if err != nil || !info.Mode().IsRegular() {
				return nil, 0, errNotAFile
			}
			f, err := root.Open(name)
			return f, info.Size(), err
		},
		close: func() error {
			if root == nil {
				return nil
			}
			return root.Close()
		},
	}
}

// bodyFilesIn reads the files of a zip archive, by their name without a folder.
func bodyFilesIn(archive *zip.Reader) *bodyFiles {
	byName := make(map[string]*zip.File, len(archive.File))
	for _, f := range archive.File {
		byName[path.Base(f.Name)] = f
	}
	return &bodyFiles{
		advice: inZipAdvice,
		open: func(name string) (io.ReadCloser, int64, error) {
			f := byName[name]
			if f == nil {
				return nil, 0, fs.ErrNotExist
			}
			r, err := f.Open()
			return r, int64(min(f.UncompressedSize64, maxAttached+1)), err
		},
		close: func() error { return nil },
	}
}

// attach reads the bodies of an entry that are in files.
func (b *bodyFiles) attach(e *har.Entry) {
	for _, body := range []*har.Body{e.Request.Body, e.Response.Body} {
		if body != nil && body.File != "" {
			body.Text, body.Fault = b.read(body.File)
			body.File = ""
			if body.Fault == har.MissingFile {
				b.missing++
			}
		}
	}
}

// read returns the contents of a file, or why they cannot be read.
func (b *bodyFiles) read(name string) (text string, fault har.Fault) {
	if name == "." || name == ".." || strings.ContainsAny(name, "/\\:\x00") {
		return "", har.MissingFile // only names without a folder
	}
	file, size, err := b.open(name)
	if err != nil {
		return "", har.MissingFile
	}
	defer file.Close()
	if size > maxAttached {
		return "", har.TooLarge
	}
	var out strings.Builder
	n, err := io.Copy(&out, io.LimitReader(file, maxAttached+1))
	switch {
	case err != nil:
		return "", har.Damaged
	case n > maxAttached:
		return "", har.TooLarge
	}
	return out.String(), ""
}
