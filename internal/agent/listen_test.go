package agent_test

import (
	"fmt"
	"net"
	"testing"
)

func TestBothLoopbackAddressesAnswer(t *testing.T) {
	t.Parallel()
	probe, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skipf("this machine has no IPv6 loopback: %v", err)
	}
	_ = probe.Close()
	cloud := newServer(t)
	cloud.set(func(s *server) { s.project = "other" })
	d := start(t, testConfig(cloud.URL, t.TempDir()))
	if n := len(d.Addresses()); n != 2 {
		t.Fatalf("listens on %v", d.Addresses())
	}
	for _, address := range d.Addresses() {
		status, answer, err := post(d.http, fmt.Sprintf("http://%s/v1/services/none/middleware", address), `{}`)
		if err != nil || status != 404 {
			t.Errorf("%s: %d %s, %v", address, status, answer, err)
		}
	}
}
