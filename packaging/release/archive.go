package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"time"
)

// packed is one file of an archive.
type packed struct {
	name string // below the archive's only folder
	path string // of the source file
	mode os.FileMode
}

// contents returns the files of a platform's archive in order.
func contents(p platform, binary string) ([]packed, error) {
	files := []packed{
		{p.program(), binary, 0o755},
		{"LICENSE", "LICENSE", 0o644},
		{"README.md", "README.md", 0o644},
	}
	if p.os != "linux" {
		return files, nil
	}
	units, err := filepath.Glob("packaging/systemd/*.service")
	if err != nil || len(units) == 0 {
		return nil, errors.Join(
			errors.New("packaging/systemd is empty: run `make release` in the repository's top folder"),
			err,
		)
	}
	for _, unit := range units { // Glob sorts them
		files = append(files, packed{path.Join("systemd", filepath.Base(unit)), unit, 0o644})
	}
	return files, nil
}

// pack writes the platform's archive: zip for Windows, tar.gz for the others.
func (r release) pack(p platform, binary string) (err error) {
	files, err := contents(p, binary)
	if err != nil {
		return err
	}
	folder := "akita-" + r.version + "-" + p.os + "-" + p.arch
	ending, write := ".tar.gz", writeTar
	if p.os == "windows" {
		ending, write = ".zip", writeZip
	}
	archive, err := os.Create(filepath.Join(r.out, folder+ending))
	if err != nil {
		return fmt.Errorf("pack %s: %w", folder, err)
	}
	if err := errors.Join(write(archive, folder, files, r.time), archive.Close()); err != nil {
		return fmt.Errorf("pack %s: %w", folder, err)
	}
	return nil
}

func writeTar(w io.Writer, folder string, files []packed, at time.Time) error {
	zipped, err := gzip.NewWriterLevel(w, gzip.BestCompression) // its header holds neither name nor time
	if err != nil {
		return err
	}
	archive := tar.NewWriter(zipped)
	for _, f := range files {
		err := f.copyTo(func(size int64) (io.Writer, error) {
			return archive, archive.WriteHeader(&tar.Header{
				Typeflag: tar.TypeReg, Format: tar.FormatPAX, Name: path.Join(folder, f.name),
				Size: size, Mode: int64(f.mode), ModTime: at,
			})
		})
		if err != nil {
			return err
		}
	}
	return errors.Join(archive.Close(), zipped.Close())
}

func writeZip(w io.Writer, folder string, files []packed, at time.Time) error {
	archive := zip.NewWriter(w)
	for _, f := range files {
		err := f.copyTo(func(int64) (io.Writer, error) {
			header := &zip.FileHeader{Name: path.Join(folder, f.name), Method: zip.Deflate, Modified: at}
			header.SetMode(f.mode)
			return archive.CreateHeader(header)
		})
		if err != nil {
			return err
		}
	}
	return archive.Close()
}

// copyTo copies the file to the writer that open returns.
func (f packed) copyTo(open func(size int64) (io.Writer, error)) (err error) {
	file, err := os.Open(f.path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	w, err := open(info.Size())
	if err != nil {
		return err
	}
	_, err = io.Copy(w, file)
	return err
}
