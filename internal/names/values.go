package names

// IsChoice reports whether the few values of a field of this name are a choice, even if only one
// of them was seen.
func IsChoice(name string) bool {
	for _, word := range Words(name) {
		switch word {
		case "type", "kind", "status", "state", "role", "currency", "mode", "level", "object", "event", "action", "unit", "priority", "severity", "visibility", "scope", "phase", "stage", "tier", "plan", "gender", "typename", "algorithm", "alg", "method", "direction", "order", "sort", "op", "operation", "cmd", "command":
			return true
		}
	}
	return false
}

// IsUserChosen reports whether users choose the values of a field of this name, so that there will
// be more of them: names of things, and what people write.
func IsUserChosen(name string) bool {
	words := Words(name)
	if len(words) == 0 {
		return false
	}
	switch Singular(words[len(words)-1]) {
	case "tag", "label", "keyword", "topic", "hashtag", "nick", "alias", "handle", "slug", "author", "owner", "creator", "assignee", "reporter", "player", "member", "person", "customer", "tenant",
		"organization", "organisation", "org", "company", "employer", "vendor", "supplier", "merchant", "manufacturer", "team", "project", "bucket", "repo", "repository", "branch", "town", "village", "county", "province",
		"place", "venue", "family", "given", "first", "last", "headline", "summary", "body", "content", "caption", "bio", "query", "q", "search", "term", "word", "skill", "interest", "hobby", "ingredient", "artist", "album", "song",
		"subject", "id", "uid", "guid", "ref", "reference", "link", "host", "domain", "file", "path", "department", "location":
		return true
	}
	return false
}

// IsAmount reports whether integers of this name are sizes, ids or limits, and not times, however
// large they are.
func IsAmount(name string) bool {
	for _, word := range Words(name) {
		switch Singular(word) {
		case "id", "uid", "size", "byte", "length", "count", "total", "limit", "max", "min", "quota", "amount", "balance", "price", "cost", "sum", "number", "no", "num", "phone", "code", "zip", "hash", "checksum", "crc", "seed", "bit", "capacity", "population", "score", "xp", "point", "view", "offset", "serial", "account", "ref", "value", "used", "free":
			return true
		}
	}
	return false
}
