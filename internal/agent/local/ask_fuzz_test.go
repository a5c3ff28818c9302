package local

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"akita/internal/id"
)

// FuzzAsk holds that a registration is either understood, with names that can be shown and
// ids that are some, or answered with a 4xx that repeats nothing of it.
func FuzzAsk(f *testing.F) {
	f.Add(`{"client_name":"web","active_trace_ids":[]}`)
	f.Add(`{"client_name":"web","active_trace_ids":["` + panda.ID + `"],"client_id":"x"}`)
	f.Add(`{"client_name":null,"active_trace_ids":null}`)
	f.Add(`{"client_name":"a","client_name":"b","active_trace_ids":[1]}`)
	f.Add("{\"client_name\":\"\xff\\ud800\"}")
	f.Fuzz(func(t *testing.T, body string) {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/v1/services/shop/middleware", strings.NewReader(body))
		request, err := readAsk(w, r)
		if err != nil {
			failBody(w, err, "")
			if w.Code != http.StatusBadRequest && w.Code != http.StatusRequestEntityTooLarge {
				t.Fatalf("answered %d", w.Code)
			}
			return
		}
		if !validName(clientName(request.ClientName)) {
			t.Fatalf("the name %q was taken", request.ClientName)
		}
		for _, text := range request.ActiveTraceIDs {
			if !id.Is(id.Trace, text) {
				t.Fatalf("the id %q was taken", text)
			}
		}
		change := difference(request.ActiveTraceIDs, nil)
		if change.Activated == nil || change.Deactivated == nil {
			t.Fatal("an array is null")
		}
	})
}
