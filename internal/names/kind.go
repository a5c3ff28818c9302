package names

import "strings"

// KindRank ranks the names of fields whose value names the kind of the object they stand in, such
// as "type": 1 for the surest, 4 for the least sure, 0 for all other names.
func KindRank(name string) int {
	switch name {
	case "__typename", "@type", "$type", "_type", "_cls":
		return 1
	case "type", "kind":
		return 2
	case "object", "event", "event_type", "eventType", "resource_type", "resourceType", "object_type", "objectType", "content_type", "message_type", "messageType":
		return 3
	case "action", "class", "shape", "variant", "method", "channel", "provider", "op", "operation", "cmd", "command":
		return 4
	}
	if strings.HasSuffix(name, "_type") || strings.HasSuffix(name, "Type") || strings.HasSuffix(name, "_kind") || strings.HasSuffix(name, "Kind") {
		return 4
	}
	return 0
}

// IsKind reports whether a field of this name hardly says more than which kind of object it
// stands in.
func IsKind(name string) bool {
	rank := KindRank(name)
	return 0 < rank && rank < 4
}
