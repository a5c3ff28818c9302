package ingest

import (
	"fmt"
	"runtime/debug"
)

// guard calls do, and makes an error of a panic, which would end the process: at
// every start again, where what is stored or queued is the cause.
func guard(do func() error) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("panic: %v\n%s", reason, debug.Stack())
		}
	}()
	return do()
}
