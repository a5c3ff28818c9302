// Package neterr classifies socket errors on every system. On Windows their numbers differ
// from those of the names in package syscall; see Windows Sockets error codes,
// https://learn.microsoft.com/windows/win32/winsock/windows-sockets-error-codes-2.
package neterr

import (
	"errors"
	"syscall"
)

// Errors of Windows. No other system has errors with such high numbers.
const (
	errWSAAddrInUse   = syscall.Errno(10048)
	errWSAConnReset   = syscall.Errno(10054)
	errWSAConnRefused = syscall.Errno(10061)
)

// IsAddressInUse reports whether another socket already listens on the address.
func IsAddressInUse(err error) bool {
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, errWSAAddrInUse)
}

// IsRefused reports whether a connection failed because no socket listens on the address.
func IsRefused(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, errWSAConnRefused)
}

// IsReset reports whether the other side reset the connection.
func IsReset(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, errWSAConnReset)
}
