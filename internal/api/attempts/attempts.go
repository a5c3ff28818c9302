// Package attempts limits attempts to log in: per account with a delay that
// doubles after each failure, per address with a token bucket. Its memory is
// bounded, and no limit is permanent.
package attempts

import (
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// The limits.
const (
	freeFailures  = 5 // the delay starts with this failure of an account
	firstDelay    = time.Second
	maxDelay      = 15 * time.Minute
	forgetFailure = 24 * time.Hour // an account without a failure for this long starts anew

	addressBurst  = 30                    // attempts of an address at once
	addressRefill = rate.Limit(30.0 / 60) // attempts per second
	maxEntries    = 10_000                // of each kind; the least recently used are removed
)

// Limiter counts attempts. It is safe for concurrent use.
type Limiter struct {
	now func() time.Time

	mu        sync.Mutex
	accounts  *recent[string, *account]
	addresses *recent[netip.Prefix, *rate.Limiter]
}

type account struct {
	failures int
	last     time.Time
	until    time.Time // the next attempt is allowed at this time
}

// New returns a Limiter that reads the time from now.
func New(now func() time.Time) *Limiter {
	return &Limiter{
		now:       now,
		accounts:  newRecent[string, *account](maxEntries),
		addresses: newRecent[netip.Prefix, *rate.Limiter](maxEntries),
	}
}

// Address counts an attempt of an address, or of the /64 network of an IPv6
// address. It returns 0 if the attempt is allowed, else how long to wait.
func (l *Limiter) Address(addr netip.Addr) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	bucket := l.addresses.get(network(addr), func() *rate.Limiter {
		return rate.NewLimiter(addressRefill, addressBurst)
	})
	now := l.now()
	reservation := bucket.ReserveN(now, 1)
	wait := reservation.DelayFrom(now)
	if wait > 0 {
		reservation.CancelAt(now)
	}
	return wait
}

// Account counts an attempt at an account, whether the account exists or not. It
// returns 0 if the attempt is allowed, else how long to wait. The attempt counts
// as a failure until Succeeded is called, so that parallel attempts count too.
func (l *Limiter) Account(username string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	a := l.accounts.get(key(username), func() *account { return &account{} })
	now := l.now()
	if wait := a.until.Sub(now); wait > 0 {
		return wait
	}
	if now.Sub(a.last) > forgetFailure {
		a.failures = 0
	}
	a.failures++
	a.last = now
	a.until = now.Add(delay(a.failures))
	return 0
}

// Succeeded resets the failures of an account.
func (l *Limiter) Succeeded(username string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.accounts.remove(key(username))
}

// delay returns how long to wait after the given number of failures.
func delay(failures int) time.Duration {
	if failures < freeFailures {
		return 0
	}
	doublings := failures - freeFailures
	if doublings >= 10 { // 2^10 s exceeds maxDelay
		return maxDelay
	}
	return min(firstDelay<<doublings, maxDelay)
}

// key returns the key of an account: its name in lower case, of limited size.
func key(username string) string {
	const maxBytes = 256
	lower := strings.ToLower(username)
	return lower[:min(len(lower), maxBytes)]
}

// network returns the network whose addresses share a token bucket.
func network(addr netip.Addr) netip.Prefix {
	addr = addr.Unmap().WithZone("")
	bits := addr.BitLen()
	if addr.Is6() {
		bits = 64
	}
	return netip.PrefixFrom(addr, bits).Masked()
}
