package names

import (
	_ "embed" // the words
)

//go:embed words/media.txt
var mediaFile string

var (
	registeredMedia = setOf(mediaFile, "registered")
	usualMedia      = setOf(mediaFile, "usual")
	topLevelMedia   = setOf(mediaFile, "top-level")
)

// IsMediaType reports whether a media type, in lower case and without parameters, is registered in
// the standards tree or in wide use.
func IsMediaType(text string) bool { return registeredMedia.has(text) || usualMedia.has(text) }

// IsTopLevelType reports whether text is the registered first half of a media type, as "image" is.
func IsTopLevelType(text string) bool { return topLevelMedia.has(text) }

// IsForm reports whether a media type is that of the forms of HTML.
func IsForm(mediaType string) bool {
	return mediaType == "application/x-www-form-urlencoded" || mediaType == "multipart/form-data"
}
