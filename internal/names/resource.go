package names

import "strings"

// Resource names what a path template is about, by its last segment that is not a parameter, or the
// name before a key in one: "/users/{userId}/orders" and "/odata/Orders({orderId})" are about an
// "Order".
func Resource(template string) string {
	word := ""
	for segment := range strings.SplitSeq(template, "/") {
		if strings.Contains(segment, "{") {
			segment = segment[:max(0, strings.IndexAny(segment, "([;"))]
		}
		segment, _, _ = strings.Cut(segment, ":") // an action follows
		if segment != "" && !strings.Contains(segment, "{") {
			word = segment
		}
	}
	return Capitalize(Singular(Camel(word)))
}
