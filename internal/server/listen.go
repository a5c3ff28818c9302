package server

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
)

// certificates returns the TLS configuration, or nil for plain HTTP.
func (c Config) certificates() (*tls.Config, error) {
	if c.TLSCert == "" && c.TLSKey == "" {
		return nil, nil
	}
	pair, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
	if err != nil {
		return nil, fmt.Errorf("%w (%s with %s): %w", ErrCertificate, c.TLSCert, c.TLSKey, err)
	}
	return &tls.Config{
		Certificates: []tls.Certificate{pair},
		MinVersion:   tls.VersionTLS12,
		NextProtos:   []string{"h2", "http/1.1"},
	}, nil
}

// listen opens the port, which is closed when the server stops.
func (s *Server) listen(ctx context.Context, certificates *tls.Config) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.config.Listen)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrListen, err)
	}
	if certificates != nil {
		listener = tls.NewListener(listener, certificates)
	} else if addr, ok := listener.Addr().(*net.TCPAddr); ok && !addr.IP.IsLoopback() {
		s.settings.Logger.Warn("Passwords and API keys are sent to this address unencrypted: "+
			"use --tls-cert and --tls-key, or an HTTPS proxy", "listen", addr)
	}
	s.listener = listener
	s.onClose(func() error {
		_ = listener.Close() // fails if http.Server has closed it
		return nil
	})
	return nil
}
