package download

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"time"
)

// packBuildpack returns an archive for `heroku buildpacks:add`. The same files give
// the same bytes.
func packBuildpack(files fs.FS) (file, error) {
	var archive bytes.Buffer
	zip := gzip.NewWriter(&archive)
	pack := tar.NewWriter(zip)
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		if err := pack.WriteHeader(headerOf(path, content)); err != nil {
			return err
		}
		_, err = pack.Write(content)
		return err
	})
	if err != nil {
		return file{}, fmt.Errorf("pack buildpack: %w", err)
	}
	if err := pack.Close(); err != nil {
		return file{}, fmt.Errorf("pack buildpack: %w", err)
	}
	if err := zip.Close(); err != nil {
		return file{}, fmt.Errorf("pack buildpack: %w", err)
	}
	return inMemory("heroku-buildpack.tgz", "application/gzip", archive.Bytes()), nil
}

// headerOf returns the header of a file in the archive. Embedded files have no
// mode, so a file that begins with #! is taken as executable.
func headerOf(path string, content []byte) *tar.Header {
	mode := int64(0o644)
	if bytes.HasPrefix(content, []byte("#!")) {
		mode = 0o755
	}
	return &tar.Header{
		Typeflag: tar.TypeReg, Name: path, Mode: mode, Size: int64(len(content)),
		ModTime: time.Unix(0, 0), Format: tar.FormatUSTAR,
	}
}
