package outbound_test

import (
	"net/netip"
	"testing"

	"akita/internal/outbound"
)

func TestIsPublic(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"93.184.216.34": true, "1.1.1.1": true, "2606:4700:4700::1111": true, "2a00:1450:4001::1": true,

		"127.0.0.1": false, "127.8.8.8": false, "0.0.0.0": false, "0.1.2.3": false, // this machine
		"10.0.0.1": false, "172.16.0.1": false, "172.31.255.255": false, "192.168.1.1": false, // private
		"169.254.1.1": false, "100.64.0.1": false, "100.127.255.255": false,
		"224.0.0.1": false, "239.1.1.1": false, "240.0.0.1": false, "255.255.255.255": false,
		"192.0.2.1": false, "198.18.0.1": false, "198.51.100.1": false, "203.0.113.1": false, "192.0.0.8": false,

		"169.254.169.254": false, "169.254.170.2": false, "100.100.100.200": false, // metadata
		"fd00:ec2::254": false, "fd20:ce::254": false,

		"::": false, "::1": false, "fe80::1": false, "fe80::1%eth0": false, "fc00::1": false, "fd12::1": false,
		"ff02::1": false, "fec0::1": false, "2001:db8::1": false, "100::1": false, "2001::1": false,

		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:169.254.169.254": false, "::127.0.0.1": false,
		"::ffff:1.1.1.1":  true,
		"64:ff9b::7f00:1": false, "64:ff9b::101:101": false, "64:ff9b:1::a00:1": false, "2002:7f00:1::": false,
		"::ffff:0:7f00:1": false,
	} {
		if got := outbound.IsPublic(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: got %v, want %v", address, got, want)
		}
	}
	if outbound.IsPublic(netip.Addr{}) {
		t.Error("no address is public")
	}
}
