package main

import (
	"regexp"
	"slices"
)

// excuses lists the complaints that a document cannot or should not avoid.
var excuses = []struct {
	name, complaint *regexp.Regexp
	why             string
}{
	{
		regexp.MustCompile("^real-patchwork"), regexp.MustCompile(`Undocumented endpoint: [A-Z]+ /api/1\.\d/`),
		"an optional version: OpenAPI has no optional segments, and both paths are one operation",
	},
	{
		regexp.MustCompile("^real-patchwork"), regexp.MustCompile(`does not match format "email"`),
		"addresses at localhost: RFC 5321 requires no dot in a domain, redocly does",
	},
	{
		regexp.MustCompile("^real-patchwork"), regexp.MustCompile(`"web_url" does not match format "uri"`),
		"it was empty once: an empty string has no format, the other values have one",
	},
	{
		regexp.MustCompile(""), regexp.MustCompile(`Undocumented endpoint: OPTIONS `),
		"a CORS preflight is not an operation of the API",
	},
	{
		regexp.MustCompile(
			"^blobs-1000$",
		), regexp.MustCompile(`^schema-consistency: putB\w+ByB?\w+IdJpg: Missing required header`),
		"a key such as \"a.jpg\" matches {key} and {id}.jpg, and redocly chooses another template than we do",
	},
	{
		regexp.MustCompile("^real-patchwork-routes$"), regexp.MustCompile(`Undocumented endpoint: GET / `),
		"its recorder omitted the view; without one, an empty route means that none matched",
	},
}

// excuse removes the excused complaints and counts them.
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
