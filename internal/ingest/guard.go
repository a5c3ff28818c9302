package ingest

import (
	"fmt"
	"runtime/debug"
)

// guard calls do and returns a panic as an error. An unrecovered panic would end
// the process, and if stored or queued data caused it, at every start again.
func guard(do func() error) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("panic: %v\n%s", reason, debug.Stack())
		}
	}()
	return do()
}
