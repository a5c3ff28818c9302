package wire_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"database/sql"
	"encoding/base64"
	bin "encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc64"
	"hash/fnv"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/zstd"
	_ "modernc.org/sqlite" // to read the server's files as an attacker would
)

// hunt searches data for words: unchanged, in the encodings that a program may give them, and
// as hashes without a key, which anyone who guesses the word can compute.
type hunt struct {
	guises map[[4]byte][]guise // texts in lower case by their first bytes
	starts [1 << 16]bool       // the first two bytes of all guises
	hashes map[uint64]string   // first eight bytes of a hash, in either order → the same
	begins [1 << 16]bool       // the first two bytes of all hashes
	found  map[string]string   // what was found → where it was found first
	pieces int                 // how many pieces of data were searched
}

// guise is one encoding of a word.
type guise struct{ text, what string }

func newHunt(words []string) *hunt {
	h := &hunt{guises: make(map[[4]byte][]guise), hashes: make(map[uint64]string), found: make(map[string]string)}
	for _, word := range words {
		h.add(word)
	}
	return h
}

func (h *hunt) add(word string) {
	add := func(name, text string) {
		text = strings.ToLower(text)
		first := [4]byte([]byte(text))
		h.guises[first] = append(h.guises[first], guise{text, name + " of " + word})
		h.starts[bin.BigEndian.Uint16([]byte(text))] = true
	}
	add("the text", word)
	add("hex", hex.EncodeToString([]byte(word)))
	add("percent escapes", url.QueryEscape(word))
	var escaped, wide strings.Builder
	for _, r := range word {
		fmt.Fprintf(&escaped, `\u%04x`, r)
		wide.WriteString(string(r) + "\x00")
	}
	add("JSON escapes", escaped.String())
	add("UTF-16", wide.String())
	for shift := range 3 { // base64 depends on the bytes before
		for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			text := encoding.EncodeToString(append(make([]byte, shift), word...))
			text = text[(8*shift+5)/6 : len(text)-1] // without the characters that depend on the neighbours
			if len(text) >= 8 {
				add("base64", text)
			}
		}
	}
	for _, form := range []string{word, strings.ToLower(word), strings.ToUpper(word), `"` + word + `"`} {
		h.addHashes(word, []byte(form))
	}
}

func (h *hunt) addHashes(word string, form []byte) {
	add := func(name string, sum []byte) {
		for _, first := range []uint64{bin.BigEndian.Uint64(sum), bin.LittleEndian.Uint64(sum)} {
			h.hashes[first] = name + " of " + word
			h.begins[first>>48] = true
		}
	}
	sum64 := func(n uint64) []byte { return bin.BigEndian.AppendUint64(nil, n) }
	m, s1, s256, s512 := md5.Sum(form), sha1.Sum(form), sha256.Sum256(form), sha512.Sum512(form)
	add("MD5", m[:])
	add("SHA-1", s1[:])
	add("SHA-256", s256[:])
	add("SHA-512", s512[:])
	add("xxHash64", sum64(xxhash.Sum64(form)))
	fnv1, fnv1a := fnv.New64(), fnv.New64a()
	_, _ = fnv1.Write(form)
	_, _ = fnv1a.Write(form)
	add("FNV-1", fnv1.Sum(nil))
	add("FNV-1a", fnv1a.Sum(nil))
	add("CRC-64 (ISO)", sum64(crc64.Checksum(form, crc64.MakeTable(crc64.ISO))))
	add("CRC-64 (ECMA)", sum64(crc64.Checksum(form, crc64.MakeTable(crc64.ECMA))))
}

// search searches a piece of data, and what is compressed in it.
func (h *hunt) search(where string, data []byte) { h.searchAt(where, data, 0) }

var (
	hexRun     = regexp.MustCompile(`[0-9A-Fa-f]{16,}`)
	base64Run  = regexp.MustCompile(`[0-9A-Za-z+/_-]{12,}`)
	decimalRun = regexp.MustCompile(`[0-9]{12,20}`)
)

func (h *hunt) searchAt(where string, data []byte, depth int) {
	h.pieces++
	h.searchGuises(where, bytes.ToLower(data))
	h.searchHashes(where, data)
	for _, run := range hexRun.FindAll(data, -1) {
		if plain, err := hex.DecodeString(string(run[:len(run)/2*2])); err == nil {
			h.searchHashes(where+", hex", plain)
		}
	}
	for _, run := range base64Run.FindAll(data, -1) {
		text := strings.NewReplacer("-", "+", "_", "/").Replace(string(run))
		if plain, err := base64.RawStdEncoding.DecodeString(text[:len(text)/4*4]); err == nil {
			h.searchHashes(where+", base64", plain)
		}
	}
	for _, run := range decimalRun.FindAll(data, -1) {
		if n, err := strconv.ParseUint(string(run), 10, 64); err == nil {
			h.searchHashes(where+", decimal", bin.BigEndian.AppendUint64(nil, n))
		}
	}
	if depth < 3 {
		h.unpack(where, data, depth+1)
	}
}

func (h *hunt) searchGuises(where string, lower []byte) {
	for i := 0; i+4 <= len(lower); i++ {
		if !h.starts[bin.BigEndian.Uint16(lower[i:])] {
			continue
		}
		for _, g := range h.guises[[4]byte(lower[i:])] {
			if bytes.HasPrefix(lower[i:], []byte(g.text)) {
				h.note(g.what, where)
			}
		}
	}
}

func (h *hunt) searchHashes(where string, data []byte) {
	for i := 0; i+8 <= len(data); i++ {
		if !h.begins[bin.BigEndian.Uint16(data[i:])] {
			continue
		}
		if what, ok := h.hashes[bin.BigEndian.Uint64(data[i:])]; ok {
			h.note(what, where)
		}
	}
}

// unpack finds compressed data at any offset.
func (h *hunt) unpack(where string, data []byte, depth int) {
	for name, packing := range map[string]struct {
		magic []byte
		open  func(io.Reader) (io.Reader, error)
	}{
		"zstd": {[]byte{0x28, 0xb5, 0x2f, 0xfd}, func(r io.Reader) (io.Reader, error) {
			return zstd.NewReader(r, zstd.WithDecoderConcurrency(1))
		}},
		"gzip": {[]byte{0x1f, 0x8b, 8}, func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
		"zlib": {[]byte{0x78, 0x9c}, func(r io.Reader) (io.Reader, error) { return zlib.NewReader(r) }},
	} {
		for at := 0; ; at++ {
			next := bytes.Index(data[at:], packing.magic)
			if next < 0 {
				break
			}
			at += next
			r, err := packing.open(bytes.NewReader(data[at:]))
			if err != nil {
				continue
			}
			plain, _ := io.ReadAll(io.LimitReader(r, 64<<20)) // what follows the frame fails to decode
			if d, ok := r.(*zstd.Decoder); ok {
				d.Close()
			}
			if len(plain) > 0 {
				h.searchAt(fmt.Sprintf("%s, %s at %d", where, name, at), plain, depth)
			}
		}
	}
}

func (h *hunt) note(what, where string) {
	if _, known := h.found[what]; !known {
		h.found[what] = where
	}
}

// searchFolder searches all files below a folder.
func (h *hunt) searchFolder(t *testing.T, folder string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		h.search("the path "+path, []byte(path))
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		h.search(path, data)
		return nil
	})
	check(t, err)
}

// searchDatabase searches every value of every table. A value that spans pages is not in one
// piece in the file.
func (h *hunt) searchDatabase(t *testing.T, path string) {
	t.Helper()
	ctx := t.Context()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	check(t, err)
	defer db.Close()
	tables, err := db.QueryContext(ctx, `SELECT name FROM sqlite_schema WHERE type = 'table'`)
	check(t, err)
	defer tables.Close()
	var names []string
	for tables.Next() {
		var name string
		check(t, tables.Scan(&name))
		names = append(names, name)
	}
	check(t, tables.Err())
	for _, name := range names {
		h.searchTable(ctx, t, db, path+", "+name, name)
	}
}

func (h *hunt) searchTable(ctx context.Context, t *testing.T, db *sql.DB, where, table string) {
	t.Helper()
	rows, err := db.QueryContext(ctx, `SELECT * FROM "`+table+`"`)
	check(t, err)
	defer rows.Close()
	columns, err := rows.Columns()
	check(t, err)
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		check(t, rows.Scan(into...))
		for i, value := range values {
			place := where + "." + columns[i]
			switch v := value.(type) {
			case int64:
				h.searchHashes(place, bin.BigEndian.AppendUint64(nil, uint64(v)))
				h.search(place, strconv.AppendInt(nil, v, 10))
			case []byte:
				h.search(place, v)
			case string:
				h.search(place, []byte(v))
			}
		}
	}
	check(t, rows.Err())
}

// TestHuntFindsEveryGuise shows that the search finds what is there: without it, a search that
// finds nothing proves nothing.
func TestHuntFindsEveryGuise(t *testing.T) {
	t.Parallel()
	const word = "marzipan-4711"
	packed := func(pack func(io.Writer) io.WriteCloser, plain string) []byte {
		var out bytes.Buffer
		w := pack(&out)
		_, err := io.WriteString(w, plain)
		check(t, err)
		check(t, w.Close())
		return append([]byte("before"), append(out.Bytes(), "behind"...)...)
	}
	gz := func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }
	zst := func(w io.Writer) io.WriteCloser {
		z, err := zstd.NewWriter(w)
		check(t, err)
		return z
	}
	zl := func(w io.Writer) io.WriteCloser { z, _ := zlib.NewWriterLevel(w, flate.DefaultCompression); return z }
	sum := sha256.Sum256([]byte(word))
	number := xxhash.Sum64String(word)
	for name, data := range map[string][]byte{
		"as it is":         []byte(`{"a":"Marzipan-4711"}`),
		"hex":              []byte(`x6d61727A6970616e2d34373131`),
		"base64":           []byte(base64.StdEncoding.EncodeToString([]byte(`{"a":"marzipan-4711"}`))),
		"JSON escapes":     []byte(`\u006d\u0061\u0072\u007a\u0069\u0070\u0061\u006e\u002d\u0034\u0037\u0031\u0031`),
		"UTF-16":           []byte("m\x00a\x00r\x00z\x00i\x00p\x00a\x00n\x00-\x004\x007\x001\x001\x00"),
		"gzip":             packed(gz, word),
		"zstd":             packed(zst, word),
		"zlib":             packed(zl, word),
		"gzip in zstd":     packed(zst, string(packed(gz, word))),
		"a hash":           append([]byte("...."), sum[:]...),
		"a hash in hex":    []byte(`"` + hex.EncodeToString(sum[:]) + `"`),
		"a hash in base64": []byte(`"` + base64.URLEncoding.EncodeToString(sum[:]) + `"`),
		"half a hash":      sum[:8],
		"a number":         bin.LittleEndian.AppendUint64(nil, number),
		"a JSON number":    []byte(`{"h":` + strconv.FormatUint(number, 10) + `}`),
	} {
		h := newHunt([]string{word})
		h.search(name, data)
		if len(h.found) == 0 {
			t.Errorf("%s: not found", name)
		}
	}
	h := newHunt([]string{word})
	h.search("something else", []byte(`{"a":"chocolate-4711"}`))
	if len(h.found) != 0 {
		t.Errorf("found what is not there: %v", h.found)
	}
}
