package rig_test

import (
	"testing"

	"akita/test/rig"
)

func TestFreeAddressesDiffer(t *testing.T) {
	t.Parallel()
	seen := make(map[string]bool)
	for range 200 {
		address, port, err := rig.FreeAddress(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if seen[address] {
			t.Fatalf("%s is reserved, and was returned again", address)
		}
		seen[address] = true
		if port >= 32768 {
			t.Errorf("port %d is in the range of outgoing connections", port)
		}
	}
}
