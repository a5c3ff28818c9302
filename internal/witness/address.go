package witness

import (
	"net/url"
	"strings"

	"akita/internal/har"
)

// Address says where a call went, as its entry writes it. It may be a value of the traffic, and is for
// choosing calls where they were recorded.
type Address struct {
	Host string // as in Witness.Host
	Name string // the host in lower case, without its port
	Port string // the port, or that of the scheme; "" if unknown
	Path string // unescaped

	Escaped string // Path as the URL has it
}

// AddressOf returns where a call went.
func AddressOf(e *har.Entry) Address {
	t := parseTarget(e.Request.URL)
	a := Address{Host: host(t, e.Request.Headers), Name: t.host, Path: t.path, Escaped: t.path}
	if a.Name == "" {
		a.Name = header(e.Request.Headers, "Host")
	}
	a.Name, a.Port = SplitPort(strings.ToLower(strings.TrimSpace(a.Name)))
	a.Name = strings.TrimRight(a.Name, ".")
	switch {
	case a.Port != "":
	case t.scheme == "http":
		a.Port = "80"
	case t.scheme == "https":
		a.Port = "443"
	}
	if plain, err := url.PathUnescape(t.path); err == nil {
		a.Path = plain
	}
	return a
}

// SplitPort returns a host without its port and without the brackets of an IPv6 address, and the port,
// "" for none.
func SplitPort(host string) (name, port string) {
	name = host
	if i := strings.LastIndexByte(host, ':'); i >= 0 && IsPort(host[i+1:]) &&
		(strings.HasSuffix(host[:i], "]") || strings.Count(host, ":") == 1) {
		name, port = host[:i], host[i+1:]
	}
	return strings.Trim(name, "[]"), port
}
