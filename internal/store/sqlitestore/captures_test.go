package sqlitestore

import (
	"reflect"
	"testing"

	"akita/internal/store"
)

func TestCaptureKey(t *testing.T) {
	t.Parallel()
	for key, c := range map[string]store.Capture{
		"a,":        {TraceIDs: []string{"a"}},
		"a,b,":      {TraceIDs: []string{"a", "b"}},
		"b,<a,":     {TraceIDs: []string{"b"}, Repeats: []string{"a"}},
		"c,d,<a,b,": {TraceIDs: []string{"c", "d"}, Repeats: []string{"a", "b"}},
	} {
		if got := captureKey(c); got != key {
			t.Errorf("the key of %+v is %q, want %q", c, got, key)
		}
		if traces, repeats := tracesOf(key); !reflect.DeepEqual(store.Capture{TraceIDs: traces, Repeats: repeats}, c) {
			t.Errorf("%q has %q and repeats %q, want %+v", key, traces, repeats, c)
		}
	}
}
