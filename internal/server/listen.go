package server

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
)

// certificates returns the TLS configuration, nil without one.
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

// listen opens the port; it is closed with the server.
func (s *Server) listen(ctx context.Context, certificates *tls.Config) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.config.Listen)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrListen, err)
	}
	if certificates != nil {
		listener = tls.NewListener(listener, certificates)
	} else if addr, ok := listener.Addr().(*net.TCPAddr); ok && !addr.IP.IsLoopback() {
		s.settings.Logger.Warn("Passwords and API keys travel unencrypted to this address: use --tls-cert and --tls-key, or a proxy that speaks HTTPS",
			"listen", addr)
	}
	s.listener = listener
	s.onClose(func() error {
		_ = listener.Close() // closed already where the server has served
		return nil
	})
	return nil
}
