package rig

import (
	"context"
	"time"
)

// Until checks a condition every 10 ms until it holds, it fails or ctx ends. It is for
// conditions in other processes, which cannot signal.
func Until(ctx context.Context, condition func() (bool, error)) error {
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		holds, err := condition()
		if holds || err != nil {
			return err
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
