package cli

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"akita/internal/server"
)

// statusTimeout bounds a health check.
const statusTimeout = 10 * time.Second

func newServerStatus(p Process) *cobra.Command {
	var address string
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Check whether a server is healthy",
		Long: `Check whether a server is healthy: it answers, and its database works. Use it for
health checks of containers and supervisors.

Exit code: 0 if the server is healthy, 1 otherwise.`,
		Example: "  akita server status\n  akita server status --url https://akita.example.com",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if address == "" {
				address = localURL(p.Getenv("AKITA_LISTEN"))
			}
			request, err := http.NewRequestWithContext(cmd.Context(), http.MethodGet, address+"/healthz", http.NoBody)
			if err != nil || request.URL.Host == "" {
				return usagef("--url %q is not a URL: write one such as https://akita.example.com", address)
			}
			if err := checkHealth(request); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "The server at %s is healthy\n", address)
			return err
		},
	}
	cmd.Flags().StringVar(&address, "url", "",
		"URL of the server (default: from AKITA_LISTEN, else http://"+server.DefaultListen+")")
	return cmd
}

// localURL returns the URL at which this machine reaches a server that listens on an address.
func localURL(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "http://" + server.DefaultListen
	}
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

func checkHealth(request *http.Request) error {
	client := &http.Client{Timeout: statusTimeout, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		if cause, ok := errors.AsType[*url.Error](err); ok {
			err = cause.Err // drops the method and the path, which the user did not give
		}
		return fmt.Errorf("no server answers at %s://%s: start it, or set --url to its address: %w",
			request.URL.Scheme, request.URL.Host, err)
	}
	defer func() { _ = response.Body.Close() }() // the rest of the body is not needed
	if _, err := io.Copy(io.Discard, io.LimitReader(response.Body, 1<<10)); err != nil {
		return fmt.Errorf("the server closed the connection during its response: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the server at %s://%s is not healthy: it responds with %s; see its log for the reason",
			request.URL.Scheme, request.URL.Host, response.Status)
	}
	return nil
}
