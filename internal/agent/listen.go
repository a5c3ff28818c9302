package agent

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"

	"akita/internal/neterr"
)

// listen opens the daemon's listeners.
func (c Config) listen() ([]net.Listener, error) {
	var listeners []net.Listener
	if c.Socket != "" {
		l, err := listenSocket(c.Socket)
		if err != nil {
			return nil, err
		}
		listeners = append(listeners, l)
	}
	if c.NoTCP {
		return listeners, nil
	}
	tcp, err := c.listenTCP()
	if err != nil {
		return nil, errors.Join(err, closeAll(listeners))
	}
	return append(tcp, listeners...), nil
}

func closeAll(listeners []net.Listener) error {
	var errs []error
	for _, l := range listeners {
		errs = append(errs, l.Close())
	}
	return errors.Join(errs...)
}

// listenTCP opens the listeners for TCP; all have the same port.
//
// "localhost" may mean either loopback address. With 127.0.0.1 the daemon takes
// [::1] too, so that no other process can take it and receive the daemon's requests.
func (c Config) listenTCP() ([]net.Listener, error) {
	ip, err := c.listenIP()
	if err != nil {
		return nil, err
	}
	const tries = 10 // a port may be free on one address and in use on the other
	for try := 1; ; try++ {
		listeners, err := listenOn(ip, c.Port)
		if err == nil {
			return listeners, nil
		}
		if c.Port == 0 && try < tries && neterr.IsAddressInUse(err) {
			continue
		}
		return nil, explainListen(err, c.Port)
	}
}

func listenOn(ip net.IP, port int) ([]net.Listener, error) {
	first, err := net.ListenTCP("tcp", &net.TCPAddr{IP: ip, Port: port})
	if err != nil {
		return nil, err
	}
	listeners := []net.Listener{first}
	if !ip.Equal(net.IPv4(127, 0, 0, 1)) {
		return listeners, nil
	}
	port = first.Addr().(*net.TCPAddr).Port
	second, err := net.ListenTCP("tcp6", &net.TCPAddr{IP: net.IPv6loopback, Port: port})
	switch {
	case err == nil:
		return append(listeners, second), nil
	case neterr.IsAddressInUse(err):
		return nil, errors.Join(err, first.Close())
	}
	return listeners, nil // the machine has no IPv6
}

func explainListen(err error, port int) error {
	switch {
	case neterr.IsAddressInUse(err) && port == DefaultPort:
		return errors.New(
			"port 50080 is in use: is another daemon running? If not, an outgoing connection may use it: try again, " +
				"or choose another port with --port (AKITA_DAEMON_PORT) and set AKITA_DAEMON_HOST in the application to match",
		)
	case neterr.IsAddressInUse(err):
		return fmt.Errorf(
			"port %d is in use: is another daemon running? If not, choose another port with --port "+
				"(AKITA_DAEMON_PORT) and set AKITA_DAEMON_HOST in the application to match",
			port,
		)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf(
			"this user may not listen on port %s: choose one above 1023 with --port (AKITA_DAEMON_PORT)",
			strconv.Itoa(port),
		)
	}
	return fmt.Errorf("listen: %w", err)
}
