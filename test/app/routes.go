package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"akita/client"
	"akita/test/rig"
)

// routes returns how the routes of doccano are used, when the middleware has reported them, and the
// paths of its URLconf by another walk.
func (s *setup) routes(ctx context.Context) (used client.Routes, paths []string, err error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	err = rig.Until(ctx, func() (_ bool, err error) {
		used, err = s.api.Routes(ctx, project, client.RouteFilter{})
		return !used.Reported.IsZero(), err
	})
	if err != nil {
		return used, nil, fmt.Errorf("wait for the routes: %w", err)
	}
	python := filepath.Join(s.config.app, "bin", "python")
	walk := exec.CommandContext(ctx, python, filepath.Join(s.config.source, "routes.py"))
	walk.Env = append(os.Environ(), append(s.env, "DJANGO_SETTINGS_MODULE=config.settings.production")...)
	walk.Stderr = os.Stderr
	output, err := walk.Output()
	if err != nil {
		return used, nil, fmt.Errorf("walk the URLconf: %w", err)
	}
	for line := range strings.Lines(string(output)) {
		var path string
		if err := json.Unmarshal([]byte(line), &path); err != nil {
			return used, nil, fmt.Errorf("read a route: %w", err)
		}
		paths = append(paths, path)
	}
	return used, paths, nil
}

// checkRoutes checks that the list is the URLconf, and that each route has the calls that were made.
func (r *result) checkRoutes(used client.Routes, paths []string, calls []call) {
	counts, known := make(map[string]int), make(map[string]bool)
	for _, one := range calls {
		counts[one.Method+" "+one.Template]++
	}
	for _, path := range paths {
		known[path] = true
	}
	seen := make(map[string]bool)
	for _, route := range used.Items {
		path := parameter.ReplaceAllString(route.Path, "{}")
		if route.State == "shadow" {
			r.problem("%s %s is called a shadow", route.Method, route.Path)
			continue
		}
		r.routes++
		seen[path] = true
		if !known[path] {
			r.problem("the route %s is not in the URLconf", route.Path)
		}
		if want := callsOf(counts, route.Method, path); route.Calls != want {
			r.problem("the route %s %s has %d calls, %d were made", route.Method, route.Path, route.Calls, want)
		}
		if isDead := route.State == "dead"; isDead != (route.Calls == 0) {
			r.problem("the route %s %s with %d calls is %s", route.Method, route.Path, route.Calls, route.State)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(known)) {
		if !seen[path] {
			r.problem("the route %s of the URLconf was not reported", path)
		}
	}
}

// callsOf returns the calls of a method of a path, or of all methods.
func callsOf(counts map[string]int, method, path string) (n int) {
	if method != "*" {
		return counts[method+" "+path]
	}
	for name, count := range counts {
		if strings.HasSuffix(name, " "+path) {
			n += count
		}
	}
	return n
}
