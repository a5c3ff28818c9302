package local

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// deadlines is a ResponseWriter whose connection reads from one end of a pipe.
type deadlines struct {
	http.ResponseWriter
	conn net.Conn
}

func (d deadlines) SetReadDeadline(t time.Time) error { return d.conn.SetReadDeadline(t) }

func TestBodyHasALeastRate(t *testing.T) {
	t.Parallel()
	const total = 200 * minBodyRate
	for name, c := range map[string]struct {
		pause time.Duration // before each piece of minBodyRate bytes
		want  error
	}{
		"at once":             {0, nil},
		"at the least rate":   {time.Second, nil},
		"slightly too slowly": {1200 * time.Millisecond, os.ErrDeadlineExceeded}, // 30 s are used up after 150 pieces
		"with a long pause":   {bodyTimeout + time.Second, os.ErrDeadlineExceeded},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, server := net.Pipe()
				defer client.Close()
				var sender sync.WaitGroup
				sender.Go(func() {
					for sent := 0; sent < total; sent += minBodyRate {
						time.Sleep(c.pause)
						if _, err := client.Write(make([]byte, minBodyRate)); err != nil {
							return
						}
					}
				})
				request := &http.Request{Body: server}
				body := limitedBody(deadlines{conn: server}, request, total)
				_, err := io.ReadFull(body, make([]byte, total))
				if !errors.Is(err, c.want) {
					t.Errorf("got %v, want %v", err, c.want)
				}
				body.done()
				if err := server.Close(); err != nil {
					t.Error(err)
				}
				sender.Wait()
			})
		})
	}
}

func TestValidName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"web": true, "my shop/1": true, "café 店": true, strings.Repeat("x", maxNameBytes): true,
		"": false, strings.Repeat("x", maxNameBytes+1): false,
		"a\nb": false, "a\xffb": false, "a\u202eb": false, "\u0085": false,
	} {
		if got := validName(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
