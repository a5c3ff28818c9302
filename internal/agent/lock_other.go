//go:build !unix

package agent

import "os"

// lockFile does nothing: on this system nobody but the port keeps two daemons
// of the same name apart.
func lockFile(*os.File) error { return nil }
