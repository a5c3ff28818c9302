package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"

	"akita/internal/apimodel"
	"akita/internal/store"
	"akita/internal/witness"
)

// maxWindowBytes bounds the memory that a zstd frame can ask for.
const maxWindowBytes = 8 << 20

// maxModelBytes bounds a stored model when it is decompressed.
const maxModelBytes = 1 << 30

// codec reads and writes payloads, zstd of NDJSON witnesses, and stored models,
// zstd of what apimodel encodes. It is safe for concurrent use.
type codec struct {
	encoder  *zstd.Encoder
	decoders sync.Pool
}

func newCodec() *codec {
	// Constant options that are right cannot fail.
	encoder, _ := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	return &codec{encoder: encoder, decoders: sync.Pool{New: func() any {
		// By custom small inputs are decoded as a whole, and 3 KB can be 100 MB.
		decoder, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(maxWindowBytes), zstd.WithDecoderMaxMemory(maxModelBytes), zstd.WithDecodeBuffersBelow(0))
		return decoder
	}}}
}

// compress makes a payload of plain lines.
func (c *codec) compress(lines []byte) []byte { return c.encoder.EncodeAll(lines, nil) }

// each calls visit for every witness of a payload, up to the first bad one; a witness holds
// until visit returns. It fails with ErrMalformed or ErrTooLarge.
func (c *codec) each(payload []byte, visit func(*witness.Witness)) error {
	decoder := c.decoders.Get().(*zstd.Decoder)
	defer c.decoders.Put(decoder)
	if err := decoder.Reset(bytes.NewReader(payload)); err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return eachLine(decoder, visit)
}

// eachLine is each for what is decompressed.
func eachLine(r io.Reader, visit func(*witness.Witness)) error {
	witnesses := witness.NewReader(&bounded{r, MaxDecodedBytes})
	var w witness.Witness
	for {
		err := witnesses.Next(&w)
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

// encodeModel makes what is stored of a model. The frame's checksum finds a
// damaged one.
func (c *codec) encodeModel(m *apimodel.Model) ([]byte, error) {
	encoded, err := m.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return c.encoder.EncodeAll(encoded, nil), nil
}

// decodeModel reads a stored model.
func (c *codec) decodeModel(stored store.TraceModel) (sized, error) {
	decoder := c.decoders.Get().(*zstd.Decoder)
	defer c.decoders.Put(decoder)
	encoded, err := decoder.DecodeAll(stored.Model, nil)
	if err != nil {
		return sized{}, unreadable(stored.TraceID, err)
	}
	m, err := apimodel.Unmarshal(encoded)
	if err != nil {
		return sized{}, unreadable(stored.TraceID, err)
	}
	return sized{m, heapBytes(stored.Model)}, nil
}

// unreadable is the error of a stored model that cannot be decoded. Folding
// waits for somebody to mend it: going on without would lose what is in it.
func unreadable(traceID string, err error) error {
	return fmt.Errorf("model of %s cannot be read: %w: run the version of akita that wrote it, or restore the data directory from a copy", traceID, err)
}
