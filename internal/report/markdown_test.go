package report

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"akita/internal/compare"
)

// long returns a report with n findings, the last of which are never seen.
func long(n int, text string) *Report {
	r := example()
	one, unseen := r.Findings[0], r.Findings[len(r.Findings)-1]
	r.Findings = nil
	for i := range n {
		f := one
		if i >= n/2 {
			f = unseen
		}
		f.Path, f.At = fmt.Sprintf("/orders/%d", i), "response.body."+text
		r.Findings = append(r.Findings, f)
	}
	return r
}

func TestMarkdownFitsAComment(t *testing.T) {
	t.Parallel()
	cutOff := regexp.MustCompile(`(?m)^\*\*(\d+) more of (\d+) findings are not listed here\*\*: a comment has at most 65536 characters`)
	for _, n := range []int{10, 300, 600, 3000} {
		for name, text := range map[string]string{"short": "a", "long": strings.Repeat("long_name", 100), "other letters": strings.Repeat("é", 200)} {
			for _, isLong := range []bool{false, true} {
				got := written(t, "markdown", long(n, text), Options{Unseen: isLong})
				length := utf8.RuneCountInString(got)
				if length > maxMarkdown {
					t.Errorf("%d %s findings: %d characters", n, name, length)
				}
				if opened, closed := strings.Count(got, "<details>"), strings.Count(got, "</details>"); opened != closed {
					t.Errorf("%d %s findings: %d details of %d are closed", n, name, closed, opened)
				}
				rows := strings.Count(got, "\n| `")
				said := cutOff.FindStringSubmatch(got)
				switch {
				case rows == n && said == nil:
				case rows == n || said == nil:
					t.Errorf("%d %s findings: %d are listed, and the end is %q", n, name, rows, said)
				case said[1] != fmt.Sprint(n-rows) || said[2] != fmt.Sprint(n):
					t.Errorf("%d %s findings: %d are listed, and the end is %q", n, name, rows, said)
				case length < maxMarkdown*9/10 && name != "long":
					t.Errorf("%d %s findings: only %d characters are used", n, name, length)
				}
			}
		}
	}
}

// What traffic and documents name is no markup, and mentions nobody.
func TestMarkdownIsInert(t *testing.T) {
	t.Parallel()
	got := written(t, "markdown", hostile(), Options{})
	for _, not := range []string{"<img", "@team", "#12", "[a](", "\x1b", "\u202e", "**bold", "\r"} {
		for line := range strings.Lines(got) {
			if prose := regexp.MustCompile("`[^`]*`").ReplaceAllString(line, ""); strings.Contains(prose, not) {
				t.Errorf("%q is in %q", not, line)
			}
		}
	}
	for line := range strings.Lines(got) {
		columns := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
		if strings.HasPrefix(line, "|") && columns != 5 || strings.Count(line, "`")%2 != 0 {
			t.Errorf("a row has other columns: %q", line)
		}
	}
}

// hostile returns a report whose texts try to be something else.
func hostile() *Report {
	r := example()
	evil := "a|b`c`<img src=x>@team #12 [a](http://b)**bold\x1b[31m\r\n::error::x %0A \u202e\u200b ]]> \x00 &amp; \\| \xff"
	for i := range r.Findings {
		f := &r.Findings[i]
		f.Path, f.Message = f.Path+evil, f.Message+evil
		f.At += "." + evil + fmt.Sprint(i)
		f.Consumers = []string{evil}
		if f.Subject == compare.Enum {
			f.Value = evil
		}
	}
	r.Title, r.Document = "API drift: "+evil, "docs/a b,c:d%0A|`.yaml"
	return r
}
