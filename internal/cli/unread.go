package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"akita/internal/endpoints"
	"akita/internal/witness"
)

// unreadNote counts the bodies that were not read by reason, in a line. It is "" for none.
func unreadNote(counts map[string]uint64) string {
	var sum uint64
	for _, n := range counts {
		sum += n
	}
	if sum == 0 {
		return ""
	}
	return fmt.Sprintf("%s not read: %s\n", pluralOf(sum, "body", "bodies"), byReason(counts))
}

// byReason lists counts by reason: "3 binary, 1 damaged".
func byReason(counts map[string]uint64) string {
	var parts []string
	for _, reason := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%d %s", counts[reason], reason))
	}
	return strings.Join(parts, ", ")
}

// faultNote is unreadNote for the reasons that lie in the recording or in akita, not in the API: a
// user may want to record again. Files that are missing are reported with their recording.
func faultNote(counts map[string]uint64) string {
	faults := make(map[string]uint64)
	for _, reason := range []witness.Unread{
		witness.UnreadCharset, witness.UnreadCoding, witness.UnreadDamaged, witness.UnreadTooLarge,
	} {
		if n := counts[string(reason)]; n > 0 {
			faults[string(reason)] = n
		}
	}
	return unreadNote(faults)
}

// noteTraffic says of the chosen calls what could not be read, what was simplified, and which hosts they went to.
func noteTraffic(cmd *cobra.Command, of *endpoints.Set, chosen *selection) {
	cmd.PrintErr(faultNote(of.Unread()), foldedNote(of.Truncated()), hostsNote(of.Hosts(), chosen))
}
