// Ci writes the files of docs/ci.md into a folder, where linters read them.
package main

import (
	"fmt"
	"os"

	"akita/test/ci/examples"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: ci PAGE FOLDER")
		os.Exit(2)
	}
	if err := examples.Write(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "ci:", err)
		os.Exit(1)
	}
}
