package witness

import (
	"errors"
	"slices"

	"akita/internal/content"
	"akita/internal/har"
	"akita/internal/names"
)

// Unread is why a body was not read: a word of a fixed list, never a part of the body.
type Unread string

// The reasons. A body of which only a part was seen is Cut instead.
const (
	UnreadBinary      Unread = "binary"             // its bytes are no text: an image, an archive
	UnreadCharset     Unread = "charset"            // its character encoding is not read
	UnreadCoding      Unread = "compressed-unknown" // its content coding is not read
	UnreadDamaged     Unread = "damaged"            // it cannot be decompressed or decoded
	UnreadMissingFile Unread = "missing-file"       // the recording has it in a file that was not found
	UnreadNotForm     Unread = "not-form"           // it is labelled as a form and is none
	UnreadNotJSON     Unread = "not-json"           // it is labelled as JSON and is none
	UnreadNotRecorded Unread = "not-recorded"       // the recording has its size only
	UnreadTooLarge    Unread = "too-large"          // it is larger than the limit, or has too many fields
	UnreadType        Unread = "unknown-type"       // it is text of a media type that is not read
	// UnreadOther stands for a reason that a newer daemon knows.
	UnreadOther Unread = "other"
)

// Truncated is the word for bodies that are cut, beside the reasons.
const Truncated = "truncated"

// Known returns the reason if it is one of the list, else UnreadOther; "" stays.
func (u Unread) Known() Unread {
	switch u {
	case "", UnreadBinary, UnreadCharset, UnreadCoding, UnreadDamaged, UnreadMissingFile, UnreadNotForm,
		UnreadNotJSON, UnreadNotRecorded, UnreadTooLarge, UnreadType:
		return u
	}
	return UnreadOther
}

// unreadFault returns the reason for a fault of the recording.
func unreadFault(b *har.Body) Unread {
	switch {
	case b.Fault == har.Damaged:
		return UnreadDamaged
	case b.Fault == har.TooLarge:
		return UnreadTooLarge
	case b.Fault == har.MissingFile, b.File != "":
		return UnreadMissingFile
	}
	return ""
}

// unreadError returns the reason for an error of content.Decode other than content.ErrTruncated.
func unreadError(err error) Unread {
	switch {
	case errors.Is(err, content.ErrTooLarge):
		return UnreadTooLarge
	case errors.Is(err, content.ErrUnknownCoding):
		return UnreadCoding
	case errors.Is(err, content.ErrCharset):
		return UnreadCharset
	}
	return UnreadDamaged
}

// unreadText returns the reason for a text without a shape, by what it is labelled as.
func unreadText(mediaType, text string) Unread {
	switch {
	case !content.LooksLikeText(text):
		return UnreadBinary
	case isJSON(mediaType), isNDJSON(mediaType):
		return UnreadNotJSON
	case names.IsForm(mediaType):
		return UnreadNotForm
	}
	return UnreadType
}

// Quirk is a peculiarity of a JSON body that a strict parser refuses.
type Quirk string

// The quirks.
const (
	QuirkNaN      Quirk = "nan"      // it holds NaN or infinite numbers
	QuirkGuard    Quirk = "guard"    // a guard stands before it, such as )]}'
	QuirkCallback Quirk = "callback" // it is the argument of a function: JSONP
)

// Known reports whether the quirk is one of the list.
func (q Quirk) Known() bool {
	return slices.Contains([]Quirk{QuirkNaN, QuirkGuard, QuirkCallback}, q)
}
