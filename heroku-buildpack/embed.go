// Package herokubuildpack holds the Heroku buildpack that fits this binary, so
// that `akita server` can offer it as /download/heroku-buildpack.tgz.
package herokubuildpack

import (
	"embed"
	"io/fs"
)

//go:embed bin lib runtime README.md
var files embed.FS

// Files returns the buildpack's files at the paths that Heroku expects. An
// embedded file has no mode: whoever packs them makes bin/* executable.
func Files() fs.FS { return files }
