package main

import (
	"regexp"
	"slices"
)

// excuses are complaints that a document cannot or should not do without.
var excuses = []struct {
	name, complaint *regexp.Regexp
	why             string
}{
	{
		regexp.MustCompile("^real-patchwork"), regexp.MustCompile(`Undocumented endpoint: [A-Z]+ /api/1\.\d/`),
		"a version that may be left out: OpenAPI has no optional segments, and both are one operation",
	},
	{
		regexp.MustCompile("^real-patchwork"), regexp.MustCompile(`does not match format "email"`),
		"addresses at localhost: RFC 5321 wants no dot in a domain, redocly does",
	},
	{
		regexp.MustCompile("^real-patchwork"), regexp.MustCompile(`"web_url" does not match format "uri"`),
		"it was empty once: an empty text is no value, and the format that of the others",
	},
	{
		regexp.MustCompile(""), regexp.MustCompile(`Undocumented endpoint: OPTIONS `),
		"what a browser asks before a call (CORS preflights) is no operation of the API",
	},
	{
		regexp.MustCompile("^blobs-1000$"), regexp.MustCompile(`^schema-consistency: putB\w+ByB?\w+IdJpg: Missing required header`),
		"a key such as \"a.jpg\" fits two templates, {key} and {id}.jpg, and redocly takes another than we did",
	},
	{
		regexp.MustCompile("^real-patchwork-routes$"), regexp.MustCompile(`Undocumented endpoint: GET / `),
		"its recorder left the view out, without which an empty route says that none matched",
	},
}

// excuse takes the complaints that are excused out, and counts them.
func (c *testCase) excuse() {
	before := len(c.drift)
	c.drift = slices.DeleteFunc(c.drift, func(complaint string) bool {
		for _, e := range excuses {
			if e.name.MatchString(c.name) && e.complaint.MatchString(complaint) {
				return true
			}
		}
		return false
	})
	c.excused = before - len(c.drift)
}
