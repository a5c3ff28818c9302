package judgement

import (
	"strings"

	"akita/internal/names"
	"akita/internal/segment"
)

// files speaks against names of files: several with different endings or, if no parameter is above,
// several pictures.
func (l *level) files() {
	if l.top {
		return // robots.txt, favicon.ico
	}
	var named []int
	pictures := !l.belowParam
	endings := make(map[string]bool)
	for i, m := range l.members {
		if _, ending := segment.CutSuffix(m.text); strings.HasPrefix(ending, ".") {
			named = append(named, i)
			endings[ending] = true
			pictures = pictures && names.IsPictureEnding(ending[1:])
		}
	}
	if len(named) < minFiles || len(endings) < 2 && !pictures || len(named)*2 < len(l.members) {
		return
	}
	for _, i := range named {
		l.opinions[i].add(RuleFiles, filesWeight)
	}
}

// minFiles is how many names of files show that they are values.
const minFiles = 3
