package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// allPlatforms are the platforms of a release, as os/arch.
var allPlatforms = []string{"linux/amd64", "linux/arm64", "darwin/arm64", "windows/amd64"}

// platform is a target of the Go compiler.
type platform struct{ os, arch string }

func parsePlatform(name string) (platform, error) {
	if !slices.Contains(allPlatforms, name) {
		return platform{}, fmt.Errorf("platform %q is unknown: choose from %s", name, strings.Join(allPlatforms, ", "))
	}
	system, arch, _ := strings.Cut(name, "/")
	return platform{system, arch}, nil
}

// program returns the name of the program in the archive.
func (p platform) program() string {
	if p.os == "windows" {
		return "akita.exe"
	}
	return "akita"
}

// binary returns the name under which a server offers the binary for download.
func (p platform) binary() string {
	return strings.Replace(p.program(), "akita", "akita-"+p.os+"-"+p.arch, 1)
}

// build builds the binary without cgo and without paths or times of this machine. The flags
// are those of bin/akita in the Makefile.
func (p platform) build(ctx context.Context, version, path string) error {
	command := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false",
		"-ldflags", "-s -w -X akita/internal/cli.buildVersion="+version, "-o", path, "./cmd/akita")
	command.Env = append(
		os.Environ(),
		"CGO_ENABLED=0",
		"GOFLAGS=",
		"GOAMD64=v1",
		"GOARM64=v8.0",
		"GOOS="+p.os,
		"GOARCH="+p.arch,
	)
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s/%s: %w\n%s", p.os, p.arch, err, output)
	}
	return nil
}
