package client_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"akita/client"
)

func TestStartTraceTakesWholeHours(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		answer(w, "application/json", http.StatusCreated, `{}`)
	}, client.Config{})
	if _, err := c.StartTrace(t.Context(), "shop", 2*time.Hour); err != nil {
		t.Error(err)
	}
	_, err := c.StartTrace(t.Context(), "shop", 90*time.Minute)
	if err == nil || !strings.Contains(err.Error(), "must be whole hours") {
		t.Errorf("got %v", err)
	}
}
