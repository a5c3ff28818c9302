package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// allPlatforms are the platforms that akita is released for, as os/arch.
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

// program returns the name under which the binary is run.
func (p platform) program() string {
	if p.os == "windows" {
		return "akita.exe"
	}
	return "akita"
}

// binary returns the name under which a server offers the binary.
func (p platform) binary() string {
	return strings.Replace(p.program(), "akita", "akita-"+p.os+"-"+p.arch, 1)
}

// build builds the binary with the flags of the Makefile's bin/akita. It uses no cgo,
// and paths and time of the build are not in the result.
func (p platform) build(ctx context.Context, version, path string) error {
	command := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false",
		"-ldflags", "-s -w -X akita/internal/cli.buildVersion="+version, "-o", path, "./cmd/akita")
	command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOAMD64=v1", "GOARM64=v8.0", "GOOS="+p.os, "GOARCH="+p.arch)
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s/%s: %w\n%s", p.os, p.arch, err, output)
	}
	return nil
}
