package judgement

import (
	"strings"

	"akita/internal/witness"
)

// files speaks against names of files: several with different endings.
func (l *level) files() {
	if l.top {
		return // robots.txt, favicon.ico
	}
	var named []int
	endings := make(map[string]bool)
	for i, m := range l.members {
		if _, ending := witness.CutSuffix(m.text); strings.HasPrefix(ending, ".") {
			named = append(named, i)
			endings[ending] = true
		}
	}
	if len(named) < minFiles || len(endings) < 2 || len(named)*2 < len(l.members) {
		return
	}
	for _, i := range named {
		l.opinions[i].add(RuleFiles, filesWeight)
	}
}

// minFiles is how many names of files show that they are values.
const minFiles = 3
