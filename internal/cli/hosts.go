package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
)

// hostsNote names the hosts of a model in one line, and says what to add to choose one. It is "" if
// there is one host with endpoints only, or if the user chose hosts.
func hostsNote(hosts []endpoints.Host, chosen *selection) string {
	hosts = slices.DeleteFunc(slices.Clone(hosts), func(h endpoints.Host) bool { return h.API == 0 })
	if len(hosts) < 2 || chosen.choosesHosts() {
		return ""
	}
	text := listAPIs(hosts)
	if !severalAPIs(hosts) {
		slices.Reverse(hosts)
		return fmt.Sprintf("%d hosts answer alike and are one API: %s; to leave one out, add --exclude-host %s\n",
			len(hosts), text, firstNamed(hosts))
	}
	return fmt.Sprintf("the calls went to several APIs: %s; for one of them, add --host %s\n", text, firstNamed(hosts))
}

// firstNamed returns the first host that can be chosen by its name.
func firstNamed(hosts []endpoints.Host) string {
	for _, h := range hosts {
		if h.Name != "" && h.Name != apimodel.AnyHost {
			return h.Name
		}
	}
	return "NAME"
}

// callsNote names the hosts of the calls in one line. It is "" for one host, or if the user chose hosts.
func callsNote(chosen *selection) string {
	if len(chosen.left) < 2 || chosen.choosesHosts() {
		return ""
	}
	return fmt.Sprintf("the calls went to %d hosts: %s; for one of them, add --host NAME\n",
		len(chosen.left), listHosts(chosen.left))
}

// listAPIs names hosts with their calls; those of one API are joined by "=".
func listAPIs(hosts []endpoints.Host) string {
	var b strings.Builder
	for i, h := range hosts[:min(len(hosts), maxListed)] {
		switch {
		case i > 0 && h.API == hosts[i-1].API:
			b.WriteString(" = ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(hostWithCalls(h.Name, h.Requests))
	}
	if more := len(hosts) - maxListed; more > 0 {
		fmt.Fprintf(&b, ", and %d more", more)
	}
	return b.String()
}

func severalAPIs(hosts []endpoints.Host) bool {
	return slices.ContainsFunc(hosts, func(h endpoints.Host) bool { return h.API > 1 })
}

// writeHosts prints the hosts of a model: one as a line, several as a table.
func writeHosts(w io.Writer, hosts []endpoints.Host) error {
	if len(hosts) == 0 {
		return nil
	}
	if len(hosts) == 1 {
		if hosts[0].Name == "" {
			return nil
		}
		_, err := fmt.Fprintf(w, "host: %s\n", hosts[0].Name)
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "\nHOST\tAPI\tENDPOINTS\tREQUESTS\tBROWSER\n")
	for _, h := range hosts {
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%d\n", cmp.Or(h.Name, "-"), apiNumber(h), h.Endpoints, h.Requests, h.Browser)
	}
	return t.Flush()
}

// apiNumber numbers the APIs: hosts with the same number are one.
func apiNumber(h endpoints.Host) string {
	if h.API == 0 {
		return "-"
	}
	return fmt.Sprint(h.API)
}
