package compare

import "testing"

func TestParseScope(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Scope{
		"":                          {},
		"tall-owl-123":              {Trace: "tall-owl-123"},
		"-7d..-1d":                  {From: "-7d", To: "-1d"},
		"-24h..":                    {From: "-24h"},
		"..2026-02-01":              {To: "2026-02-01"},
		"2026-02-01T10:00:00Z..now": {From: "2026-02-01T10:00:00Z", To: "now"},
		"..":                        {},
		"v1..v2":                    {Trace: "v1..v2"},
		"2026-13-01..":              {From: "2026-13-01"}, // what reads the time explains it
		"-7 days..":                 {From: "-7 days"},
		"tests:unit":                {Tests: "unit"},
		"yesterday..2026-01-01":     {Trace: "yesterday..2026-01-01"},
	} {
		if got := ParseScope(text); got != want {
			t.Errorf("%s is %+v, want %+v", text, got, want)
		}
	}
}
