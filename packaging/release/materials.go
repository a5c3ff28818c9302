package main

import (
	"cmp"
	"crypto/sha512"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// materials is a software bill of materials in CycloneDX 1.6
// (https://cyclonedx.org/docs/1.6/json/), with the fields that we use. It has no serial
// number, because that would differ from build to build.
type materials struct {
	Format      string      `json:"bomFormat"`
	SpecVersion string      `json:"specVersion"`
	Version     int         `json:"version"`
	Metadata    metadata    `json:"metadata"`
	Components  []component `json:"components"`
}

type metadata struct {
	Timestamp time.Time `json:"timestamp"`
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	Hashes     []hash     `json:"hashes,omitempty"`
	Licenses   []license  `json:"licenses,omitempty"`
	PackageURL string     `json:"purl,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

type hash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"` // hex
}

type license struct {
	Expression string `json:"expression"` // SPDX
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// consoleLock lists the packages that the console's pages are built from.
const consoleLock = "console/package-lock.json"

// writeMaterials writes akita.cdx.json. It lists the Go modules that the binaries themselves
// name, and the npm packages of the console's pages.
func (r release) writeMaterials(binaries []string) error {
	known := make(map[string]component)
	for _, binary := range binaries {
		info, err := buildinfo.ReadFile(binary)
		if err != nil {
			return fmt.Errorf("read the modules of the binary: %w", err)
		}
		maps.Copy(known, goModules(info))
	}
	packages, err := npmPackages(consoleLock)
	if err != nil {
		return err
	}
	maps.Copy(known, packages)
	bill := materials{
		Format: "CycloneDX", SpecVersion: "1.6", Version: 1,
		Metadata: metadata{r.time, component{
			Type: "application", Ref: "akita", Name: "akita", Version: r.version, Licenses: []license{{"Apache-2.0"}},
		}},
		Components: slices.SortedFunc(
			maps.Values(known),
			func(a, b component) int { return cmp.Compare(a.Ref, b.Ref) },
		),
	}
	text, err := json.MarshalIndent(bill, "", "  ")
	if err != nil {
		return fmt.Errorf("write the bill of materials: %w", err)
	}
	path := filepath.Join(r.out, "akita.cdx.json")
	if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil { //nolint:gosec // public
		return fmt.Errorf("write the bill of materials: %w", err)
	}
	return nil
}

// goModules returns the modules that a binary names, by package URL.
func goModules(info *buildinfo.BuildInfo) map[string]component {
	modules := make(map[string]component)
	add := func(name, version, sum string) {
		c := component{
			Type:       "library",
			Name:       name,
			Version:    version,
			PackageURL: "pkg:golang/" + name + "@" + url.PathEscape(version),
		}
		c.Ref = c.PackageURL
		if sum != "" {
			c.Properties = []property{{"go.sum", sum}} // h1: is a hash of hashes, for which CycloneDX has no field
		}
		modules[c.Ref] = c
	}
	add("stdlib", strings.TrimPrefix(info.GoVersion, "go"), "")
	for _, module := range info.Deps {
		if module.Replace != nil {
			module = module.Replace
		}
		add(module.Path, module.Version, module.Sum)
	}
	return modules
}

// npmPackages reads the packages of a lock file by package URL, without development packages.
func npmPackages(lock string) (map[string]component, error) {
	text, err := os.ReadFile(lock)
	if err != nil {
		return nil, fmt.Errorf("read the console's packages: %w", err)
	}
	var locked struct {
		Packages map[string]struct {
			Version   string
			Integrity string // such as sha512-…, in base64
			License   string
			Dev       bool
		}
	}
	if err := json.Unmarshal(text, &locked); err != nil {
		return nil, fmt.Errorf("read %s: %w", lock, err)
	}
	packages := make(map[string]component)
	for place, p := range locked.Packages {
		_, name, found := cutLast(place, "node_modules/")
		if !found || p.Dev {
			continue
		}
		c := component{
			Type: "library", Name: name, Version: p.Version,
			PackageURL: "pkg:npm/" + strings.Replace(name, "@", "%40", 1) + "@" + url.PathEscape(p.Version),
		}
		c.Ref = c.PackageURL
		if p.License != "" {
			c.Licenses = []license{{p.License}}
		}
		if sum, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(p.Integrity, "sha512-")); err == nil &&
			len(sum) == sha512.Size {
			c.Hashes = []hash{{"SHA-512", hex.EncodeToString(sum)}}
		}
		packages[c.Ref] = c
	}
	return packages, nil
}

// cutLast cuts a text around the last occurrence of sep.
func cutLast(text, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(text, sep); i >= 0 {
		return text[:i], text[i+len(sep):], true
	}
	return text, "", false
}
