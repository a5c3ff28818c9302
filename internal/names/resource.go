package names

import "strings"

// Resource names what a path template is about, by its last segment that is not a parameter:
// "/users/{userId}/orders" is about an "Order".
func Resource(template string) string {
	word := ""
	for segment := range strings.SplitSeq(template, "/") {
		if segment != "" && !strings.ContainsAny(segment, "{}") {
			word = segment
		}
	}
	return Capitalize(Singular(Camel(word)))
}
