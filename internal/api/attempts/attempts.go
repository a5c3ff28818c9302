// Package attempts limits how often somebody may try to log in: per account with
// a delay that doubles, per address with a token bucket. Memory is bounded, and no
// limit is permanent.
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
	freeFailures  = 5 // failures of an account that cost nothing
	firstDelay    = time.Second
	maxDelay      = 15 * time.Minute
	forgetFailure = 24 * time.Hour // after this long without one, an account starts anew

	addressBurst  = 30                    // attempts of an address at once
	addressRefill = rate.Limit(30.0 / 60) // per second
	maxEntries    = 10_000                // of each kind; the least recently used give way
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
	until    time.Time // no attempt before
}

// New returns a Limiter that reads the time from now.
func New(now func() time.Time) *Limiter {
	return &Limiter{
		now:       now,
		accounts:  newRecent[string, *account](maxEntries),
		addresses: newRecent[netip.Prefix, *rate.Limiter](maxEntries),
	}
}

// Address takes one attempt from an address (an IPv6 address stands for its /64
// network). It returns how long to wait where there is none left, else 0.
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

// Account asks for an attempt at an account, whether it exists or not. It returns
// how long to wait where the account has failed too often, else 0; then the attempt
// counts as failed until Succeeded is called, so that parallel attempts count too.
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

// Succeeded forgets the failures of an account.
func (l *Limiter) Succeeded(username string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.accounts.remove(key(username))
}

// delay is how long to wait after so many failures in a row.
func delay(failures int) time.Duration {
	if failures < freeFailures {
		return 0
	}
	doublings := failures - freeFailures
	if doublings >= 10 { // 2^10 s is over the cap already
		return maxDelay
	}
	return min(firstDelay<<doublings, maxDelay)
}

// key is the account's name as the store compares it, bounded in size.
func key(username string) string {
	const maxBytes = 256
	folded := strings.ToLower(username)
	return folded[:min(len(folded), maxBytes)]
}

func network(addr netip.Addr) netip.Prefix {
	addr = addr.Unmap().WithZone("")
	bits := addr.BitLen()
	if addr.Is6() {
		bits = 64
	}
	return netip.PrefixFrom(addr, bits).Masked()
}
