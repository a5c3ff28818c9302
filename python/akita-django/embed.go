// Package akitadjango holds the akita-django wheel that this binary was built
// with, so that `akita server` can offer it as a Python package index and the
// middleware always fits the server. `make wheel` builds it into dist/; without
// that, Dist is empty.
package akitadjango

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Dist returns the built distributions, each at the top level.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil { // "dist" is a valid path: Sub cannot fail on it.
		return embed.FS{}
	}
	return sub
}
