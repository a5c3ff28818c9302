package witness

import (
	"errors"
	"testing"

	"akita/internal/content"
)

// Each reason is of the list, and no other word is.
func TestReasonsAreAFixedList(t *testing.T) {
	t.Parallel()
	for _, reason := range []Unread{
		"", UnreadBinary, UnreadCharset, UnreadCoding, UnreadDamaged, UnreadMissingFile, UnreadNotForm, UnreadNotJSON,
		UnreadNotRecorded, UnreadTooLarge, UnreadType, UnreadOther,
	} {
		if got := reason.Known(); got != reason {
			t.Errorf("%q becomes %q", reason, got)
		}
	}
	for _, word := range []Unread{"Jane Roe", "BINARY", Truncated} {
		if got := word.Known(); got != UnreadOther {
			t.Errorf("%q becomes %q", word, got)
		}
	}
	for quirk, want := range map[Quirk]bool{QuirkNaN: true, QuirkGuard: true, QuirkCallback: true, "": false, "x": false} {
		if quirk.Known() != want {
			t.Errorf("%q is known: %v", quirk, !want)
		}
	}
}

func TestUnreadError(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]Unread{
		content.ErrTooLarge: UnreadTooLarge, content.ErrUnknownCoding: UnreadCoding, content.ErrCharset: UnreadCharset,
		content.ErrDamaged: UnreadDamaged, errors.ErrUnsupported: UnreadDamaged,
	} {
		if got := unreadError(err); got != want {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
}
