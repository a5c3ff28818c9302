package spool

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"akita/internal/delta"
)

// A frame is one bundle on disk:
//
//	offset  bytes
//	0       4      magic "AKB1"
//	4       4      h, the length of the header, little-endian
//	8       4      p, the length of the payload
//	12      4      CRC32C of header and payload
//	16      4      CRC32C of the 16 bytes before
//	20      h      header, JSON
//	20+h    p      payload: records of witnesses, zstd; earlier versions wrote lines (NDJSON)
//
// The prefix has its own checksum, so that the next frame can be found after a
// damaged body.
const prefixBytes = 20

var (
	magic = [4]byte{'A', 'K', 'B', '1'}
	crc   = crc32.MakeTable(crc32.Castagnoli)
)

// Errors of readFrame.
var (
	errCorrupt   = errors.New("corrupt frame")
	errTruncated = errors.New("truncated frame") // no whole frame follows
)

// header describes the payload of a frame.
type header struct {
	Bundle  string   `json:"bundle"`
	Project string   `json:"project"`
	Trace   string   `json:"trace"`
	Also    []string `json:"also,omitempty"`    // further traces that saw the calls
	Repeats []string `json:"repeats,omitempty"` // traces for which another frame has the same calls
	Count   int      `json:"count"`             // witnesses
	Millis  int64    `json:"millis"`            // Unix time at which the frame was made
	Batches [][]byte `json:"batches,omitempty"` // keys of the batches inside, see batchKey
	// Places says which hour and part each witness is of (delta.Places), so that most need not be
	// decoded to be sent. Earlier versions did not write it.
	Places []byte `json:"places,omitempty"`
}

type frame struct {
	header
	payload []byte
	folded  []*delta.Delta // Calls of the batches inside; not on disk
}

// append appends the frame's encoding.
func (f *frame) append(dst []byte) ([]byte, error) {
	head, err := json.Marshal(f.header)
	if err != nil {
		return dst, fmt.Errorf("encode frame header: %w", err)
	}
	var prefix [prefixBytes]byte
	copy(prefix[:], magic[:])
	binary.LittleEndian.PutUint32(prefix[4:], uint32(len(head)))
	binary.LittleEndian.PutUint32(prefix[8:], uint32(len(f.payload)))
	binary.LittleEndian.PutUint32(prefix[12:], crc32.Update(crc32.Checksum(head, crc), crc, f.payload))
	binary.LittleEndian.PutUint32(prefix[16:], crc32.Checksum(prefix[:16], crc))
	dst = append(dst, prefix[:]...)
	dst = append(dst, head...)
	return append(dst, f.payload...), nil
}

// bodyLength reads a prefix and returns the lengths of header and payload. ok
// reports whether it is a prefix.
func bodyLength(prefix []byte) (head, payload int64, ok bool) {
	if !bytes.Equal(prefix[:4], magic[:]) ||
		crc32.Checksum(prefix[:16], crc) != binary.LittleEndian.Uint32(prefix[16:]) {
		return 0, 0, false
	}
	return int64(binary.LittleEndian.Uint32(prefix[4:])), int64(binary.LittleEndian.Uint32(prefix[8:])), true
}

// readFrame reads the frame at off of a segment that ends at end. next is the
// offset of the next frame, also after errCorrupt and errTruncated. Any other error
// is an error of reading.
func readFrame(r io.ReaderAt, off, end int64) (f frame, next int64, err error) {
	var prefix [prefixBytes]byte
	if end-off < prefixBytes {
		return frame{}, end, errTruncated
	}
	if _, err := r.ReadAt(prefix[:], off); err != nil {
		return frame{}, off, fmt.Errorf("read frame: %w", err)
	}
	head, payload, ok := bodyLength(prefix[:])
	if !ok || head+payload > end-off-prefixBytes {
		return skipDamage(r, off, end)
	}
	next = off + prefixBytes + head + payload
	body := make([]byte, head+payload)
	if _, err := r.ReadAt(body, off+prefixBytes); err != nil {
		return frame{}, off, fmt.Errorf("read frame: %w", err)
	}
	if crc32.Checksum(body, crc) != binary.LittleEndian.Uint32(prefix[12:]) ||
		json.Unmarshal(body[:head], &f.header) != nil {
		return frame{}, next, errCorrupt
	}
	f.payload = body[head:]
	return f, next, nil
}

// skipDamage finds the next frame after an invalid prefix.
func skipDamage(r io.ReaderAt, off, end int64) (frame, int64, error) {
	next, err := findPrefix(r, off+1, end)
	switch {
	case err != nil:
		return frame{}, off, fmt.Errorf("read frame: %w", err)
	case next == end:
		return frame{}, end, errTruncated
	}
	return frame{}, next, errCorrupt
}

// findPrefix returns the offset of the first intact prefix at or after off whose
// frame ends before end. It returns end if there is none.
func findPrefix(r io.ReaderAt, off, end int64) (int64, error) {
	chunk := make([]byte, 64<<10)
	for end-off >= prefixBytes {
		window := chunk[:min(int64(len(chunk)), end-off)]
		if _, err := r.ReadAt(window, off); err != nil {
			return off, err
		}
		for i := 0; i+prefixBytes <= len(window); i++ {
			head, payload, ok := bodyLength(window[i:])
			if ok && head+payload <= end-off-int64(i)-prefixBytes {
				return off + int64(i), nil
			}
		}
		off += int64(len(window)) - prefixBytes + 1
	}
	return end, nil
}
