package local

import (
	"context"
	"net"
	"net/http"
	"runtime"
	"testing"
)

func TestShutdown(t *testing.T) {
	t.Parallel()
	b := setup(t)
	held := b.dial()
	b.request(held, heldRequestText)
	for b.server.admission.holds.count() == 0 {
		runtime.Gosched() // the server reads the request
	}
	for range 2 {
		if err := b.server.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	}
	if status, body := b.answer(held); status != http.StatusAccepted || body != nothingNew {
		t.Errorf("the held request: %d %s", status, body)
	}
	if conn, err := net.Dial("tcp", held.RemoteAddr().String()); err == nil {
		t.Errorf("the listener is open: %v", conn.Close())
	}
}
