// Package console embeds the console, the web pages of `akita server`.
// `make console` builds them into dist/. Before that, Dist is empty, and the
// server shows a page that says how to build them.
package console

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Dist returns the console's files, rooted at index.html.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil { // "dist" is a valid path: Sub cannot fail on it.
		return embed.FS{}
	}
	return sub
}
