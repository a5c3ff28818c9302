package compare

import (
	"fmt"
	"strings"
	"testing"
)

func TestReadIgnoredRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`reason: a`:                                "not a list of entries",
		`[{kind: unseen}]`:                         "entry 1: it has no reason",
		`[{reason: a}]`:                            "matches every finding",
		`[{reason: a, kind: b}]`:                   `unknown kind "b"`,
		`[{reason: a, subject: b}]`:                `unknown subject "b"`,
		`[{reason: a, at: b}, {reason: a, to: b}]`: "not found",
	} {
		if _, err := ReadIgnored([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v, want %q", text, err, want)
		}
	}
	if of, err := ReadIgnored(nil); of != nil || err != nil {
		t.Errorf("an empty file has %v, %v", of, err)
	}
}

func TestWithout(t *testing.T) {
	t.Parallel()
	findings := []Finding{
		{Kind: Undocumented, Fact: Fact{Subject: Header, Method: "GET", Path: "/a/{id}", Status: 200, At: "response.header.x-a"}},
		{Kind: Unseen, Fact: Fact{Subject: Parameter, Method: "GET", Path: "/a", At: "query.b"}},
	}
	for text, want := range map[string]string{
		`[{reason: a, kind: unseen}]`:                            "1 []",
		`[{reason: a, path: "/a*"}]`:                             "0 []",
		`[{reason: a, path: "/a", method: get}]`:                 "1 []",
		`[{reason: a, at: "*.header.x-*"}]`:                      "1 []",
		`[{reason: a, status: 404}]`:                             "2 [1]",
		`[{reason: a, kind: unseen}, {reason: b, path: "/b/*"}]`: "1 [2]",
	} {
		ignored, err := ReadIgnored([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		left, unused := Without(findings, ignored)
		if got := fmt.Sprint(len(left), unused); got != want {
			t.Errorf("%s leaves %s, want %s", text, got, want)
		}
	}
}
