package attempts

import (
	"fmt"
	"net/netip"
	"testing"
	"time"
)

// clock is a time that a test advances.
type clock struct{ at time.Time }

func (c *clock) now() time.Time          { return c.at }
func (c *clock) advance(d time.Duration) { c.at = c.at.Add(d) }

func setup(t *testing.T) (*Limiter, *clock) {
	t.Helper()
	c := &clock{at: time.Date(2025, 11, 22, 12, 0, 0, 0, time.UTC)}
	return New(c.now), c
}

func TestDelayDoublesUpToMaximum(t *testing.T) {
	t.Parallel()
	l, c := setup(t)
	want := []time.Duration{
		0, 0, 0, 0, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 32 * time.Second,
		64 * time.Second, 128 * time.Second, 256 * time.Second, 512 * time.Second, 15 * time.Minute, 15 * time.Minute,
	}
	for i, delay := range want {
		if wait := l.Account("ada"); wait != 0 {
			t.Fatalf("attempt %d: wait %v after the delay", i+1, wait)
		}
		if delay == 0 {
			continue
		}
		if wait := l.Account("ada"); wait != delay {
			t.Fatalf("after failure %d: wait %v, want %v", i+1, wait, delay)
		}
		c.advance(delay)
	}
}

func TestRefusedAttemptsDoNotExtendTheDelay(t *testing.T) {
	t.Parallel()
	l, c := setup(t)
	for range freeFailures {
		l.Account("ada")
	}
	for range 100 {
		if wait := l.Account("ada"); wait != firstDelay {
			t.Fatalf("wait %v, want %v", wait, firstDelay)
		}
	}
	c.advance(firstDelay)
	if wait := l.Account("ada"); wait != 0 {
		t.Errorf("wait %v after the delay", wait)
	}
}

func TestFailuresAreReset(t *testing.T) {
	t.Parallel()
	for name, reset := range map[string]func(*Limiter, *clock){
		"success": func(l *Limiter, _ *clock) { l.Succeeded("ADA") },
		"a day":   func(_ *Limiter, c *clock) { c.advance(forgetFailure + time.Second) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, c := setup(t)
			for range freeFailures {
				l.Account("ada")
			}
			reset(l, c)
			for i := range freeFailures {
				if wait := l.Account("ada"); wait != 0 {
					t.Fatalf("attempt %d: wait %v", i+1, wait)
				}
			}
		})
	}
}

func TestAccountsAreIndependentAndIgnoreCase(t *testing.T) {
	t.Parallel()
	l, _ := setup(t)
	for range freeFailures {
		l.Account("ada")
	}
	if wait := l.Account("Ada"); wait == 0 {
		t.Error("another spelling of the same name is not limited")
	}
	if wait := l.Account("grace"); wait != 0 {
		t.Errorf("another account must wait %v", wait)
	}
}

func TestAddressIsLimited(t *testing.T) {
	t.Parallel()
	l, c := setup(t)
	addr := netip.MustParseAddr("192.0.2.1")
	for i := range addressBurst {
		if wait := l.Address(addr); wait != 0 {
			t.Fatalf("attempt %d: wait %v", i+1, wait)
		}
	}
	wait := l.Address(addr)
	if wait != 2*time.Second {
		t.Fatalf("wait %v, want 2 s", wait)
	}
	c.advance(wait)
	if wait := l.Address(addr); wait != 0 {
		t.Errorf("wait %v after the bucket was refilled", wait)
	}
}

func TestAddressesThatShareALimit(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		a, b   string
		shared bool
	}{
		{"192.0.2.1", "192.0.2.1", true},
		{"192.0.2.1", "192.0.2.2", false},
		{"192.0.2.1", "::ffff:192.0.2.1", true},
		{"2001:db8::1", "2001:db8::ffff", true},
		{"2001:db8::1", "2001:db8:0:1::1", false},
		{"fe80::1%eth0", "fe80::2%eth1", true},
	} {
		t.Run(tc.a+" "+tc.b, func(t *testing.T) {
			t.Parallel()
			l, _ := setup(t)
			for range addressBurst {
				l.Address(netip.MustParseAddr(tc.a))
			}
			if limited := l.Address(netip.MustParseAddr(tc.b)) > 0; limited != tc.shared {
				t.Errorf("limited = %v, want %v", limited, tc.shared)
			}
		})
	}
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	l, _ := setup(t)
	for i := range 2 * maxEntries {
		l.Account(fmt.Sprint("user", i))
		l.Address(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}))
	}
	if n, m := len(l.accounts.entries), len(l.addresses.entries); n != maxEntries || m != maxEntries {
		t.Errorf("%d accounts and %d addresses in memory, want %d", n, m, maxEntries)
	}
	if n := l.accounts.order.Len(); n != maxEntries {
		t.Errorf("%d entries in order, want %d", n, maxEntries)
	}
}
