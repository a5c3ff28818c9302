package spool

import (
	"bytes"
	"testing"
)

func FuzzReadFrame(f *testing.F) {
	intact := frame{
		header:  header{Bundle: "bdl_b", Project: "svc_p", Trace: "lrn_t", Count: 1},
		payload: []byte("payload"),
	}
	one, err := intact.append(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{}, []byte{})
	f.Add(one, []byte{})
	f.Add(one[:len(one)-1], one)
	f.Add([]byte("noise AKB1 noise"), one)
	f.Add(make([]byte, 100), []byte("AKB1"))
	f.Fuzz(func(t *testing.T, before, after []byte) {
		// Reading always goes forward, up to the end.
		data := append(append(bytes.Clone(before), one...), after...)
		end := int64(len(data))
		found := false
		for off := int64(0); off < end; {
			got, next, err := readFrame(bytes.NewReader(data), off, end)
			if next <= off || next > end {
				t.Fatalf("from %d to %d of %d", off, next, end)
			}
			if err == nil && off == int64(len(before)) && bytes.Equal(got.payload, intact.payload) {
				found = true
			}
			off = next
		}
		if !found && !bytes.Contains(before, magic[:]) {
			t.Fatal("the intact frame was not found")
		}
	})
}
