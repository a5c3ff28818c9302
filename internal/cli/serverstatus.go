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

// statusTimeout bounds the question whether a server works.
const statusTimeout = 10 * time.Second

func newServerStatus(p Process) *cobra.Command {
	var address string
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Say whether a server works",
		Long: `Say whether a server works: it answers and its database does. For health checks
of containers and supervisors.

Exit code: 0 if it works, 1 if not.`,
		Example: "  akita server status\n  akita server status --url https://akita.example.com",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if address == "" {
				address = localURL(p.Getenv("AKITA_LISTEN"))
			}
			request, err := http.NewRequestWithContext(cmd.Context(), http.MethodGet, address+"/healthz", http.NoBody)
			if err != nil || request.URL.Host == "" {
				return usagef("--url %q is no URL: write one such as https://akita.example.com", address)
			}
			if err := askHealth(request); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "The server at %s works\n", address)
			return err
		},
	}
	cmd.Flags().StringVar(&address, "url", "", "the server's URL (default: where AKITA_LISTEN says, or http://"+server.DefaultListen+")")
	return cmd
}

// localURL is where a server that listens on an address is reached from the same
// machine.
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

func askHealth(request *http.Request) error {
	client := &http.Client{Timeout: statusTimeout, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		var cause *url.Error
		if errors.As(err, &cause) {
			err = cause.Err // without the method and the path that nobody asked for
		}
		return fmt.Errorf("no server answers at %s://%s: start it, or say with --url where it is: %w", request.URL.Scheme, request.URL.Host, err)
	}
	defer func() { _ = response.Body.Close() }() // it was read as far as it is needed
	if _, err := io.Copy(io.Discard, io.LimitReader(response.Body, 1<<10)); err != nil {
		return fmt.Errorf("the server broke off its answer: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the server at %s://%s does not work: it answers %s; its log says why", request.URL.Scheme, request.URL.Host, response.Status)
	}
	return nil
}
