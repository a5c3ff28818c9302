package report

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
)

func TestCoveragePage(t *testing.T) {
	t.Parallel()
	var got bytes.Buffer
	if err := WriteCoveragePage(&got, exampleOfTests()); err != nil {
		t.Fatal(err)
	}
	text := got.String()
	for _, want := range []string{
		"99.9 %", "66.6 %", "1 of 6", "1,200 calls of tests", "66.6 % of operations are tested, which is less than 90 %.",
		"a&lt;b&gt;|c", `<code>query.page</code>`, "production: mobile-app 3.2, okhttp", "not judged: production refused all calls", "Only in tests: 1",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	if strings.Index(text, "no test sends it") > strings.Index(text, "no test calls it") {
		t.Error("what has more calls is not first")
	}
	if m := regexp.MustCompile(`(?i)<script|https?://|<link|@import|url\(`).FindString(text); m != "" {
		t.Errorf("the page loads something: %q", m)
	}
}
