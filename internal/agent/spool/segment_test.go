package spool

import (
	"bytes"
	"os"
	"testing"
)

func TestTornTailIsCut(t *testing.T) {
	t.Parallel()
	whole, start := twoFrames(t)
	for size := start; size <= len(whole); size++ {
		config := testConfig(t, t.TempDir())
		writeSegment(t, config.Dir, 1, whole[:size])
		s := mustOpen(t, config)
		want := "one "
		if size == len(whole) {
			want = "one two "
		}
		if got := texts(t, waiting(t, s)); got != want {
			t.Errorf("cut to %d of %d bytes: %q, want %q", size, len(whole), got, want)
		}
		mustAppend(t, s, lines("three"))
		if got := texts(t, waiting(t, s)); got != "three " {
			t.Errorf("cut to %d of %d bytes: then %q", size, len(whole), got)
		}
		if got := s.Stats(); got.Corrupt != 0 || got.Dropped != 0 {
			t.Errorf("cut to %d bytes: what was never acknowledged was counted: %+v", size, got)
		}
		mustClose(t, s)
	}
}

func TestDamagedByteCostsOneFrame(t *testing.T) {
	t.Parallel()
	whole, end := twoFrames(t)
	for at := range end {
		config := testConfig(t, t.TempDir())
		damaged := bytes.Clone(whole)
		damaged[at] ^= 0x40
		writeSegment(t, config.Dir, 1, damaged)
		s := mustOpen(t, config)
		if got := texts(t, waiting(t, s)); got != "two " {
			t.Errorf("byte %d damaged: %q, want the other frame", at, got)
		}
		if got := s.Stats().Corrupt; got != 1 {
			t.Errorf("byte %d damaged: %d counted, want 1", at, got)
		}
		kept, err := os.ReadDir(s.quarantine.dir)
		if err != nil || len(kept) != 1 {
			t.Errorf("byte %d damaged: %d put aside, %v", at, len(kept), err)
		}
		mustClose(t, s)
	}
}

func TestDamagedEndOfOlderSegmentIsCounted(t *testing.T) {
	t.Parallel()
	whole, start := twoFrames(t)
	config := testConfig(t, t.TempDir())
	writeSegment(t, config.Dir, 1, whole[:start+5])
	writeSegment(t, config.Dir, 2, whole[start:])
	s := mustOpen(t, config)
	if got := texts(t, waiting(t, s)); got != "one two " {
		t.Errorf("got %q", got)
	}
	if got := s.Stats().Corrupt; got != 1 {
		t.Errorf("%d counted, want 1", got)
	}
}

// twoFrames returns a segment of two frames, and the offset of the second.
func twoFrames(t *testing.T) (segment []byte, second int) {
	t.Helper()
	config := testConfig(t, t.TempDir())
	s := mustOpen(t, config)
	mustAppend(t, s, lines("one"))
	second = int(s.Stats().Bytes)
	mustAppend(t, s, lines("two"))
	mustClose(t, s)
	segment, err := os.ReadFile(segmentPath(config.Dir, 1))
	if err != nil {
		t.Fatal(err)
	}
	return segment, second
}
