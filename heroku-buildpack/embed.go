// Package herokubuildpack embeds the Heroku buildpack of this version, which
// `akita server` offers as /download/heroku-buildpack.tgz.
package herokubuildpack

import (
	"embed"
	"io/fs"
)

//go:embed bin lib runtime README.md
var files embed.FS

// Files returns the buildpack's files at the paths that Heroku expects. Embedded
// files have no mode, so the caller must make bin/* executable.
func Files() fs.FS { return files }
