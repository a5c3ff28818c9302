package local

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"akita/internal/agent/spool"
	"akita/internal/agent/traces"
	"akita/internal/gate"
)

// BenchmarkIntake sends batches like those of our middleware, of at most 100 events
// and 1 MiB, without a network.
func BenchmarkIntake(b *testing.B) {
	for _, size := range []int{2 << 10, 50 << 10} {
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			s, sp := benchServer(b)
			count := min(100, 1<<20/size)
			var events []string
			for i := range count {
				events = append(events, shopEvent(i, size))
			}
			part := `","trace_events":[` + strings.Join(events, ",") + `]}`
			b.SetBytes(int64(len(part) / count))
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				if n++; n%count != 0 {
					continue
				}
				body := `{"client_name":"web","batch_id":"` + strconv.Itoa(n) + part
				req := httptest.NewRequest(http.MethodPost, eventsPath, strings.NewReader(body))
				req.Header.Set("Content-Type", "application/json")
				w := httptest.NewRecorder()
				s.routes().ServeHTTP(w, req)
				if w.Code != http.StatusAccepted {
					b.Fatal(w.Code, w.Body)
				}
			}
			b.StopTimer()
			if err := sp.Close(); err != nil {
				b.Fatal(err)
			}
		})
	}
}

func benchServer(b *testing.B) (*Server, *spool.Spool) {
	b.Helper()
	logger := slog.New(slog.DiscardHandler)
	registry := newRegistry(logger)
	if err := registry.Register("django-demo", "web", nil); err != nil {
		b.Fatal(err)
	}
	registry.Update("django-demo", []traces.Trace{panda})
	sp, err := spool.Open(spool.Config{Dir: b.TempDir(), Now: time.Now, Logger: logger})
	if err != nil {
		b.Fatal(err)
	}
	go func() { // takes the place of the server
		for {
			bundles, err := sp.Next(context.Background(), 100, 1<<20)
			if errors.Is(err, spool.ErrClosed) {
				return
			}
			for _, bundle := range bundles {
				sp.Done(bundle)
			}
		}
	}()
	config := Config{Registry: registry, Spool: sp, Gate: gate.New(gate.Config{}), Now: time.Now, Logger: logger}
	return New(config), sp
}

// shopEvent returns a call to a shop's API of about size bytes.
func shopEvent(i, size int) string {
	var answer bytes.Buffer
	for answer.WriteByte('['); answer.Len() < size*10/12-900; {
		if answer.Len() > 1 {
			answer.WriteByte(',')
		}
		fmt.Fprintf(
			&answer,
			`{"id":"0f8fad5b-d9cb-469f-a165-%012d","user_id":%d,"status":"paid","total":%d.5,"currency":"EUR","items":[{"id":1,"sku":"SKU-12345-AB","qty":2,"price":9.99},{"id":2,"sku":"SKU-54321-XL","qty":1,"price":19.5,"gift_note":"Happy birthday, number %d"}],"shipped_at":"2026-01-05T09:00:00Z","coupon":null}`,
			i,
			i%1000,
			i%300,
			i,
		)
	}
	answer.WriteByte(']')
	return fmt.Sprintf(
		`{"startedDateTime":"2026-01-05T09:00:%02d.%03dZ","time":%d,"request":{"method":"GET","url":"http://shop.example.test/api/v1/users/%d/orders/?page=%d","httpVersion":"HTTP/1.1","cookies":[],"headers":[{"name":"Host","value":"shop.example.test"},{"name":"User-Agent","value":"bench/1.0"},{"name":"Accept","value":"*/*"},{"name":"Authorization","value":"Bearer 0123456789abcdef0123456789abcdef01234567"}],"queryString":[{"name":"page","value":"%d"}],"headersSize":-1,"bodySize":0},"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","cookies":[],"headers":[{"name":"Content-Type","value":"application/json"},{"name":"X-RateLimit-Remaining","value":"%d"}],"content":{"size":%d,"mimeType":"application/json","text":%q},"redirectURL":"","headersSize":-1,"bodySize":%d},"cache":{},"timings":{"send":0,"wait":%d,"receive":0},"_akita":{"route":"api/v1/users/<int:pk>/orders/","converters":{"pk":"int"},"view":"shop.views.OrderViewSet.list"}}`,
		i%60,
		i%1000,
		i%300,
		i%5000,
		i%7,
		i%7,
		i%1000,
		answer.Len(),
		answer.String(),
		answer.Len(),
		i%300,
	)
}
