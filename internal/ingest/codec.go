package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"

	"akita/internal/witness"
)

// maxWindowBytes bounds the memory that a zstd frame can ask for.
const maxWindowBytes = 8 << 20

// codec reads and writes payloads: zstd of NDJSON witnesses. It is safe for
// concurrent use.
type codec struct {
	encoder  *zstd.Encoder
	decoders sync.Pool
}

func newCodec() *codec {
	// With a nil writer and reader, constant options cannot fail.
	encoder, _ := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	return &codec{encoder: encoder, decoders: sync.Pool{New: func() any {
		// DecodeAll, which small inputs take by custom, knows no limit: 3 KB can be 100 MB.
		decoder, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(maxWindowBytes), zstd.WithDecodeBuffersBelow(0))
		return decoder
	}}}
}

// compress makes a payload of plain lines.
func (c *codec) compress(lines []byte) []byte { return c.encoder.EncodeAll(lines, nil) }

// each calls visit for every witness of a payload, up to the first bad one. It
// fails with ErrMalformed or ErrTooLarge.
func (c *codec) each(payload []byte, visit func(*witness.Witness)) error {
	decoder := c.decoders.Get().(*zstd.Decoder)
	defer c.decoders.Put(decoder)
	defer decoder.Reset(nil) // lets go of the payload
	if err := decoder.Reset(bytes.NewReader(payload)); err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return eachLine(decoder, visit)
}

// eachLine is each for what is decompressed.
func eachLine(r io.Reader, visit func(*witness.Witness)) error {
	witnesses := witness.NewReader(&bounded{r, MaxDecodedBytes})
	for {
		w, err := witnesses.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, ErrTooLarge):
			return fmt.Errorf("%w: it is longer than %d bytes when decompressed: send fewer witnesses at once", ErrTooLarge, MaxDecodedBytes)
		case err != nil:
			return fmt.Errorf("%w: %w", ErrMalformed, err)
		}
		visit(&w)
	}
}

// bounded fails with ErrTooLarge beyond so many bytes, where an io.LimitReader
// would end as if that were all.
type bounded struct {
	r    io.Reader
	left int
}

// Read implements io.Reader.
func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= n; b.left < 0 {
		return 0, ErrTooLarge
	}
	return n, err
}
