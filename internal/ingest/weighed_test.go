package ingest

import (
	"fmt"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/store"
	"akita/internal/witness"
)

func TestHeapBytes(t *testing.T) {
	t.Parallel()
	m := apimodel.New()
	for i := range 200 {
		m.Add(&witness.Witness{Method: "GET", Template: fmt.Sprintf("/items%d/", i), Status: 200})
	}
	plain, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	c := newCodec()
	stored, err := c.encodeModel(m)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := c.decodeModel(store.TraceModel{Model: stored})
	if want := int64(emptyBytes + heapFactor*len(plain)); err != nil || decoded.heapBytes != want {
		t.Errorf("%d bytes, %v; want %d", decoded.heapBytes, err, want)
	}
	small := c.compress([]byte("{}"))
	for name, stored := range map[string][]byte{"empty": nil, "not zstd": []byte("?"), "small": small} {
		if got := heapBytes(stored); got < emptyBytes || got > emptyBytes+heapFactor*2 {
			t.Errorf("%s: %d bytes, want about %d", name, got, emptyBytes)
		}
	}
}
