// Release builds akita for every supported platform. It writes binaries under the names that
// `akita server --download-dir` offers, one archive per platform, a bill of materials, and the
// checksums of all. The same sources and version give the same bytes on every machine.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func main() {
	version := flag.String("version", "", "the version that the binaries print; required")
	epoch := flag.Int64("epoch", 0, "the time of all files, in seconds since 1970 (SOURCE_DATE_EPOCH); required")
	out := flag.String("out", ".build/release", "the folder to fill; its old contents are removed")
	only := flag.String("platforms", strings.Join(allPlatforms, " "), "which platforms, as os/arch")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := release{
		version:   *version,
		time:      time.Unix(*epoch, 0).UTC(),
		out:       *out,
		platforms: strings.Fields(*only),
	}.make(
		ctx,
	)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// release is one version of akita.
type release struct {
	version   string
	time      time.Time
	out       string
	platforms []string
}

// make fills the folder.
func (r release) make(ctx context.Context) error {
	if r.version == "" || r.time.Unix() <= 0 {
		return fmt.Errorf("-version and -epoch are required: run `make release`")
	}
	if err := os.RemoveAll(r.out); err != nil {
		return fmt.Errorf("empty the folder: %w", err)
	}
	if err := os.MkdirAll(r.out, 0o755); err != nil { //nolint:gosec // a release is public
		return fmt.Errorf("make the folder: %w", err)
	}
	var binaries []string
	for _, name := range r.platforms {
		p, err := parsePlatform(name)
		if err != nil {
			return err
		}
		fmt.Fprintln(os.Stdout, "-----> Building "+name)
		binary := filepath.Join(r.out, p.binary())
		if err := p.build(ctx, r.version, binary); err != nil {
			return err
		}
		if err := r.pack(p, binary); err != nil {
			return err
		}
		binaries = append(binaries, binary)
	}
	if err := r.writeMaterials(binaries); err != nil {
		return err
	}
	return writeSums(r.out)
}
