package packed

import (
	"fmt"
	"strings"
	"testing"
	"unsafe"
)

func TestTextsAreShared(t *testing.T) {
	t.Parallel()
	var texts Texts
	for _, text := range []string{"", "created_at", "id"} {
		first, second := texts.text([]byte(text)), texts.text([]byte(text))
		if first != text || second != text {
			t.Errorf("%q became %q and %q", text, first, second)
		}
		if unsafe.StringData(first) != unsafe.StringData(second) {
			t.Errorf("%q is there twice", text)
		}
	}
}

func TestTextsAreBounded(t *testing.T) {
	t.Parallel()
	var texts Texts
	long := strings.Repeat("x", maxTextBytes+1)
	if texts.text([]byte(long)) != long || len(texts.known) != 0 {
		t.Error("a long text is kept")
	}
	for i := range 3 * maxTexts {
		if want := fmt.Sprint(i); texts.text([]byte(want)) != want || len(texts.known) > maxTexts {
			t.Fatalf("%d texts are kept after %d", len(texts.known), i)
		}
	}
	var none *Texts
	if none.text([]byte("a")) != "a" {
		t.Error("without a table, a text is not read")
	}
}
