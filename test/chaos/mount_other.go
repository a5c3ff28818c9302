//go:build !linux

package main

import "errors"

var errNoMount = errors.New("only Linux has tmpfs")

func mountTmpfs(string, string) error { return errNoMount }

func unmount(string) error { return errNoMount }
