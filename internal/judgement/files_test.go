package judgement

import "testing"

func TestFiles(t *testing.T) {
	t.Parallel()
	files := leading("", call("a.png", "GET", nil), call("b.pdf", "GET", nil), call("c.png", "GET", nil))
	checkRows(t, map[string]row{
		"several endings":        {files, context{above: "files"}, "a.png - b.pdf - c.png -"},
		"at the top of a site":   {files, context{top: true}, "a.png 0"},
		"one ending of pictures": {leading("", call("a.png", "GET", nil), call("b.png", "GET", nil), call("c.png", "GET", nil)), context{above: "x"}, "a.png -"},
		"two files":              {leading("", call("a.png", "GET", nil), call("b.pdf", "GET", nil)), context{above: "x"}, "a.png 0"},
		"few among words": {
			leading("", call("a.png", "GET", nil), call("b.pdf", "GET", nil), call("c.png", "GET", nil), call("d", "GET", nil),
				call("e", "GET", nil), call("f", "GET", nil), call("g", "GET", nil)), context{above: "x"}, "a.png 0",
		},
	}, RuleFiles, (*level).files)
}
