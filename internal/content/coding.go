package content

import (
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"errors"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// The content codings that are read, as Content-Encoding names them. zlibCoding is what "deflate"
// means by the standard; some senders leave out zlib's header (RFC 9110, section 8.4.1.2).
const (
	gzipCoding    = "gzip"
	zlibCoding    = "zlib"
	deflateCoding = "deflate"
	brotliCoding  = "br"
	zstdCoding    = "zstd"
)

const (
	gzipMagic = "\x1f\x8b\x08"
	zstdMagic = "\x28\xb5\x2f\xfd"
	// maxWindow is the largest window of zstd that a receiver has to accept (RFC 9659).
	maxWindow = 8 << 20
)

// magic returns the coding that the first bytes show, "" for none. Brotli has no such bytes.
func magic(data string) string {
	switch {
	case strings.HasPrefix(data, gzipMagic):
		return gzipCoding
	case strings.HasPrefix(data, zstdMagic):
		return zstdCoding
	case strings.HasPrefix(data, "x") && isZlib(data): // of the usual window: others look like words
		return zlibCoding
	}
	return ""
}

// isZlib reports whether data start with the header of zlib, without a preset dictionary (RFC 1950,
// section 2.2).
func isZlib(data string) bool {
	return len(data) > 2 && data[0]&0x8f == 8 && (int(data[0])<<8|int(data[1]))%31 == 0 && data[1]&0x20 == 0
}

// inflate decompresses data and reduces what is left to expand to.
func (d *decoder) inflate(coding, data string) (string, error) {
	plain, err := inflate(coding, data, d.left)
	if err == nil {
		d.left -= len(plain)
	}
	return plain, err
}

// inflate decompresses data to at most limit bytes.
func inflate(coding, data string, limit int) (string, error) {
	var out strings.Builder
	in := strings.NewReader(data)
	err := expand(coding, in, &limited{out: &out, left: limit})
	switch {
	case err == nil && in.Len() > 0 && coding == deflateCoding:
		return "", ErrDamaged // raw deflate has no checksum: chance would be accepted
	case err == nil:
		return out.String(), nil
	case errors.Is(err, ErrTooLarge), errors.Is(err, zstd.ErrWindowSizeExceeded),
		errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return "", ErrTooLarge
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "", ErrTruncated
	}
	return "", ErrDamaged
}

// expand decompresses from in to out. It returns nil only after the end of the compressed data.
func expand(coding string, in *strings.Reader, out io.Writer) error {
	var plain io.Reader
	switch coding {
	case gzipCoding:
		return gunzip(in, out)
	case zlibCoding:
		z, err := zlib.NewReader(in)
		if err != nil {
			return err
		}
		plain = z
	case deflateCoding:
		plain = flate.NewReader(in)
	case brotliCoding:
		plain = brotli.NewReader(in)
	case zstdCoding:
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return err
		}
		defer z.Close()
		plain = z
	default:
		return ErrUnknownCoding
	}
	_, err := io.Copy(out, plain)
	return err
}

// gunzip decompresses the members of gzip data. What follows the last member is ignored.
func gunzip(in *strings.Reader, out io.Writer) error {
	z, err := gzip.NewReader(in)
	for err == nil {
		z.Multistream(false)
		if _, err = io.Copy(out, z); err != nil {
			break
		}
		next := make([]byte, len(gzipMagic))
		if n, _ := in.ReadAt(next, in.Size()-int64(in.Len())); string(next[:n]) != gzipMagic {
			return nil
		}
		err = z.Reset(in)
	}
	return err
}

// limited is a writer that fails after a number of bytes.
type limited struct {
	out  io.Writer
	left int
}

// Write implements io.Writer.
func (l *limited) Write(p []byte) (int, error) {
	if len(p) > l.left {
		return 0, ErrTooLarge
	}
	l.left -= len(p)
	return l.out.Write(p)
}

// base64Magic is what gzip data start with in base64.
const base64Magic = "H4sI"

// gzipInBase64 decodes a text that is gzip data in base64, as functions behind a gateway answer.
func gzipInBase64(text string) (string, bool) {
	text = strings.Trim(text, " \t\r\n\"")
	if !strings.HasPrefix(text, base64Magic) {
		return "", false
	}
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		data, err = base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
	}
	return string(data), err == nil
}
