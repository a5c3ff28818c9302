package api

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"akita/internal/store"
)

func TestFullDiskIsUnavailable(t *testing.T) {
	t.Parallel()
	f := setup(t)
	user := f.user()
	f.Handler.store = fullStore{f.store}
	a := user.post("/api/v1/projects", `{"name":"demo"}`).wantProblem(codeUnavailable, "disk is full")
	if got := a.Header().Get("Retry-After"); got != "5" {
		t.Errorf("Retry-After %q, want 5", got)
	}
	if !strings.Contains(f.log.String(), "Request failed") {
		t.Error("the failure is not logged")
	}
}

// fullStore is a store whose disk is full.
type fullStore struct{ store.Store }

func (fullStore) CreateProject(context.Context, store.Project) error {
	return fmt.Errorf("create project: %w", store.ErrFull)
}
