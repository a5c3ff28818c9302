package main

import (
	"fmt"
	"io"
)

// progress prints what the demo is doing.
type progress struct{ w io.Writer }

func (p progress) step(format string, args ...any) {
	fmt.Fprintf(p.w, "-----> "+format+"\n", args...)
}

func (p progress) detail(format string, args ...any) {
	fmt.Fprintf(p.w, "       "+format+"\n", args...)
}
