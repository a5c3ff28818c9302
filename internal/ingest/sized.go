package ingest

import (
	"github.com/klauspost/compress/zstd"

	"akita/internal/apimodel"
)

const (
	// heapFactor is how much memory a decoded model takes for each byte of its JSON.
	// Measured: 1.2 MB of JSON, 90 kB as stored, took 6.3 MB.
	heapFactor = 5
	// emptyBytes is about what a model and its entry in a cache take at the least.
	emptyBytes = 4 << 10
)

// sized is a model with the memory that it takes: about, and at most where
// models that have much in common were merged.
type sized struct {
	model     *apimodel.Model
	heapBytes int64
}

func newSized() sized { return sized{apimodel.New(), emptyBytes} }

// merge folds another model in, as apimodel.Model.Merge does.
func (s *sized) merge(o sized) {
	s.model.Merge(o.model)
	s.heapBytes += o.heapBytes
}

// heapBytes is what a stored model takes in memory when it is decoded, by the
// length that its zstd frame names. Small frames may name none.
func heapBytes(stored []byte) int64 {
	var h zstd.Header
	if err := h.Decode(stored); err != nil || !h.HasFCS {
		return emptyBytes
	}
	return emptyBytes + heapFactor*int64(min(h.FrameContentSize, maxModelBytes))
}
