package ingest

import (
	"github.com/klauspost/compress/zstd"

	"akita/internal/apimodel"
)

const (
	// heapFactor is the memory of a decoded model per byte of its encoding. Measured:
	// a model with 1.2 MB of JSON, 90 kB as stored, takes 6.3 MB.
	heapFactor = 5
	// emptyBytes is roughly the memory of an empty model and its cache entry.
	emptyBytes = 4 << 10
)

// weighed is a model with an estimate of its memory. For merged models the
// estimate is an upper bound, because they share what they have in common.
type weighed struct {
	model     *apimodel.Model
	heapBytes int64
}

func newWeighed() weighed { return weighed{apimodel.New(), emptyBytes} }

// merge adds another model, as apimodel.Model.Merge does.
func (w *weighed) merge(o weighed) {
	w.model.Merge(o.model)
	w.heapBytes += o.heapBytes
}

// heapBytes estimates the memory of a stored model after decoding, from the
// content size in its zstd frame. A small frame may have none.
func heapBytes(stored []byte) int64 {
	var h zstd.Header
	if err := h.Decode(stored); err != nil || !h.HasFCS {
		return emptyBytes
	}
	return emptyBytes + heapFactor*int64(min(h.FrameContentSize, maxModelBytes))
}
