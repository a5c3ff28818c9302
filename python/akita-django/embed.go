// Package akitadjango embeds the akita-django wheel of this version, which `akita
// server` offers as a Python package index. `make wheel` builds it into dist/; until
// then Dist is empty.
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
