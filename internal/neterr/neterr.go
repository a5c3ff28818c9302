// Package neterr tells errors of sockets apart on every system. Windows has numbers of its
// own for them, which are not those of package syscall's names; see Windows Sockets error
// codes, https://learn.microsoft.com/windows/win32/winsock/windows-sockets-error-codes-2.
package neterr

import (
	"errors"
	"syscall"
)

// Of Windows; no other system gives errors as high.
const (
	errWSAAddrInUse   = syscall.Errno(10048)
	errWSAConnReset   = syscall.Errno(10054)
	errWSAConnRefused = syscall.Errno(10061)
)

// IsAddressInUse reports whether somebody else listens there already.
func IsAddressInUse(err error) bool {
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, errWSAAddrInUse)
}

// IsRefused reports whether nobody listens there.
func IsRefused(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, errWSAConnRefused)
}

// IsReset reports whether the other side ended the connection at once.
func IsReset(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, errWSAConnReset)
}
