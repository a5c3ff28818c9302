package local

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

func TestHoldsMakeRoom(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	h := holds{max: 2}
	first, leaveFirst, _ := h.enter(start)
	second, leaveSecond, _ := h.enter(start.Add(time.Second))
	if _, _, ok := h.enter(start.Add(minHold - 1)); ok {
		t.Error("a request was added before the first has waited for long")
	}
	third, leaveThird, ok := h.enter(start.Add(minHold))
	if !ok || !isClosed(first) || isClosed(second) || isClosed(third) {
		t.Errorf("ok is %v; ended are %v, %v, %v", ok, isClosed(first), isClosed(second), isClosed(third))
	}
	leaveFirst()
	leaveSecond()
	if _, _, ok := h.enter(start.Add(minHold)); !ok {
		t.Error("no request is admitted after another one has ended")
	}
	leaveThird()
	if n := h.waiting.Len(); n != 1 {
		t.Errorf("%d are left, want 1", n)
	}
}

// count returns how many requests wait.
func (h *holds) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.waiting.Len()
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestHoldsOfOneProcessDoNotKeepOthersOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, _ := held(t)
		s.admission.holds.max = 3
		longest := register(t.Context(), s, "")
		time.Sleep(time.Second)
		others := []<-chan *httptest.ResponseRecorder{register(t.Context(), s, ""), register(t.Context(), s, "")}
		synctest.Wait()
		if w := <-register(t.Context(), s, ""); w.Code != http.StatusServiceUnavailable {
			t.Errorf("a request too many: %d %s", w.Code, w.Body)
		}
		time.Sleep(minHold)
		newest := register(t.Context(), s, "")
		if w := <-longest; w.Code != http.StatusAccepted {
			t.Errorf("the longest hold: %d %s", w.Code, w.Body)
		}
		s.end()
		for _, other := range others {
			<-other
		}
		<-newest
	})
}
