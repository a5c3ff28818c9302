package main

import (
	"errors"
	"io/fs"
	"path/filepath"
	"testing"

	"akita/test/rig"
)

// TestChaos runs a few rounds; `make chaos` runs many.
func TestChaos(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	probe, err := mountDisk(filepath.Join(folder, "probe"))
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported) {
		t.Skipf("a small disk for the daemon cannot be mounted here: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := probe.unmount(); err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(folder, "akita")
	if err := rig.Build(t.Context(), binary); err != nil {
		t.Fatal(err)
	}
	const seed = 189819 // lost answers; a captive portal; a full disk behind a black hole
	s := settings{binary: binary, folder: folder, seed: seed, rounds: 3, out: t.Output()}
	if err := run(t.Context(), s); err != nil {
		t.Error(err)
	}
}

// TestPlanIsDrawnFromTheSeed checks that a seed always gives the same plan.
func TestPlanIsDrawnFromTheSeed(t *testing.T) {
	t.Parallel()
	differs := false
	for number := range 100 {
		plan := planRound(1, number)
		if again := planRound(1, number); plan.String() != again.String() {
			t.Errorf("round %d is %q and then %q", number, plan, again)
		}
		if len(plan.kills) == 0 {
			t.Errorf("round %d kills no process", number)
		}
		differs = differs || plan.String() != planRound(2, number).String()
	}
	if !differs {
		t.Error("two seeds give the same rounds")
	}
}
