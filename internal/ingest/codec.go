package ingest

import (
	"bufio"
	"bytes"
	"encoding"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"

	"akita/internal/apimodel"
	"akita/internal/delta"
	"akita/internal/store"
	"akita/internal/witness"
)

// maxWindowBytes limits the memory that a zstd frame can request.
const maxWindowBytes = 8 << 20

// maxModelBytes limits the size of a decompressed model.
const maxModelBytes = 1 << 30

// codec encodes and decodes payloads (witnesses as NDJSON, or a delta, compressed with zstd) and
// stored models (as package apimodel encodes them, compressed with zstd). It is safe for concurrent
// use.
type codec struct {
	encoder  *zstd.Encoder
	decoders sync.Pool
	models   sync.Pool // of *apimodel.Decoder
	deltas   sync.Pool // of *delta.Decoder
}

func newCodec() *codec {
	// The options are valid constants, so NewWriter and NewReader return no errors.
	encoder, _ := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	return &codec{encoder: encoder, decoders: sync.Pool{New: func() any {
		// By default a small input is decoded at once, and 3 KB can become 100 MB.
		decoder, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(maxWindowBytes), zstd.WithDecoderMaxMemory(maxModelBytes),
			zstd.WithDecodeBuffersBelow(0))
		return decoder
	}}, models: sync.Pool{New: func() any { return new(apimodel.Decoder) }},
		deltas: sync.Pool{New: func() any { return new(delta.Decoder) }}}
}

// compress returns the payload for a body that is not compressed.
func (c *codec) compress(body []byte) []byte { return c.encoder.EncodeAll(body, nil) }

// calls returns the calls of a payload. The error is ErrMalformed or ErrTooLarge.
func (c *codec) calls(payload []byte) (*delta.Delta, error) {
	decoder := c.decoders.Get().(*zstd.Decoder)
	defer c.decoders.Put(decoder)
	if err := decoder.Reset(bytes.NewReader(payload)); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return c.callsIn(decoder)
}

// callsIn returns the calls of a decompressed payload, which is an encoded delta or NDJSON.
func (c *codec) callsIn(r io.Reader) (*delta.Delta, error) {
	in := bufio.NewReader(&bounded{r, MaxDecodedBytes})
	if begin, _ := in.Peek(delta.MagicBytes); !delta.IsEncoded(begin) {
		return callsOfLines(in)
	}
	encoded, err := io.ReadAll(in)
	if err != nil {
		return nil, malformed(err)
	}
	deltas := c.deltas.Get().(*delta.Decoder)
	defer c.deltas.Put(deltas)
	calls, err := deltas.Decode(encoded)
	if err != nil {
		return nil, malformed(err)
	}
	return calls, nil
}

// callsOfLines folds the witnesses of NDJSON, up to the first bad one.
func callsOfLines(r io.Reader) (*delta.Delta, error) {
	calls, witnesses := delta.New(), witness.NewReader(r)
	var w witness.Witness
	for {
		err := witnesses.Next(&w)
		switch {
		case errors.Is(err, io.EOF):
			return calls, nil
		case err != nil:
			return nil, malformed(err)
		}
		calls.Add(&w)
	}
}

// malformed returns the error for a payload that cannot be read.
func malformed(err error) error {
	if errors.Is(err, ErrTooLarge) {
		return fmt.Errorf("%w: more than %d bytes when decompressed: send fewer witnesses at once",
			ErrTooLarge, MaxDecodedBytes)
	}
	return fmt.Errorf("%w: %w", ErrMalformed, err)
}

// bounded returns ErrTooLarge after left bytes. An io.LimitReader would return
// io.EOF, as if the input ended there.
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

// stored returns the stored form of a model, series or record: sealed, or compressed by zstd, whose
// frame has a checksum. What is of one hour is small, and is written often.
func (c *codec) stored(of encoding.BinaryMarshaler, compress bool) ([]byte, error) {
	encoded, err := of.MarshalBinary()
	if err != nil || !compress {
		return seal(encoded), err
	}
	return c.encoder.EncodeAll(encoded, nil), nil
}

func (c *codec) encodeModel(m *apimodel.Model, compress bool) ([]byte, error) {
	return c.stored(m, compress)
}

// zstdMagic are the first bytes of a zstd frame. Nothing that is stored begins with them.
var zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}

// decodeModel decodes the model of a unit. It also returns how much memory that takes, roughly.
func (c *codec) decodeModel(u store.Unit) (m *apimodel.Model, heap int64, err error) {
	m, heap, err = c.decode(u.Model)
	if err != nil {
		return nil, 0, unreadable(fmt.Sprintf("model of hour %s of capture %d", u.Start.Time(), u.CaptureID), err)
	}
	return m, heap, nil
}

// decode decodes a stored model.
func (c *codec) decode(stored []byte) (m *apimodel.Model, heap int64, err error) {
	encoded, err := c.open(stored)
	if err != nil {
		return nil, 0, err
	}
	decoder := c.models.Get().(*apimodel.Decoder)
	defer c.models.Put(decoder)
	m, err = decoder.Unmarshal(encoded)
	return m, heapBytes(len(encoded)), err
}

// open returns the encoding of what stored has stored.
func (c *codec) open(stored []byte) ([]byte, error) {
	if !bytes.HasPrefix(stored, zstdMagic) {
		return unseal(stored)
	}
	decoder := c.decoders.Get().(*zstd.Decoder)
	defer c.decoders.Put(decoder)
	return decoder.DecodeAll(stored, nil)
}

// decodeOld decodes the model of a trace that an earlier version wrote.
func (c *codec) decodeOld(stored store.TraceModel) (*apimodel.Model, error) {
	m, _, err := c.decode(stored.Model)
	if err != nil {
		return nil, unreadable("model of "+stored.TraceID, err)
	}
	return m, nil
}

// unreadable returns the error for a stored model or series that cannot be
// decoded. Folding stops until an operator repairs it, because to start an empty
// one would lose its contents.
func unreadable(of string, err error) error {
	return fmt.Errorf("%s cannot be read: %w: "+
		"run the version of akita that wrote it, or restore the data directory from a backup", of, err)
}
