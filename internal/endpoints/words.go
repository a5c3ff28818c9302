package endpoints

import (
	"slices"
	"strings"

	"akita/internal/names"
)

// pronouns are words that stand beside values and are none, however alike their answers.
var pronouns = setOf("me self mine")

// reserved are words that are none even where nothing was answered well; what is answered alike
// shows that they are: health is a topic among topics.
var reserved = setOf("me self mine search login logout health healthz ping")

// special are words that often are none either.
var special = setOf("current own latest newest new count all default random stats statistics summary export import bulk batch status " +
	"daily weekly monthly quarterly yearly today yesterday tomorrow now")

// verbs are words that say what to do.
var verbs = setOf("get list create add insert update upsert set put patch delete remove destroy search find query lookup fetch read write info describe history invite join leave kick " +
	"rename archive unarchive open close lock unlock mark post send reply upload download export import start stop pause resume cancel abort retry run execute exec trigger " +
	"login logout signin signup register unregister verify validate confirm reset refresh revoke grant enable disable activate deactivate subscribe unsubscribe follow unfollow " +
	"like unlike block unblock mute unmute report approve reject accept decline ack assign unassign move copy clone merge split sync check test ping count batch bulk publish unpublish " +
	"restore rotate transfer charge refund capture pay checkout preview calculate convert translate render generate process notify connect disconnect")

func setOf(words string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// actions counts the words that begin or end with a verb: "users.list", "getUser".
func actions(words []string) int {
	count := 0
	for _, text := range words {
		parts := names.Words(text)
		if len(parts) == 0 {
			continue
		}
		joined := strings.ContainsAny(text, "._") || slices.ContainsFunc([]byte(text), func(c byte) bool { return 'A' <= c && c <= 'Z' })
		if verbs[parts[0]] && (len(parts) == 1 || joined) || joined && verbs[parts[len(parts)-1]] {
			count++
		}
	}
	return count
}
