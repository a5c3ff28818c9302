package segment_test

import (
	"testing"

	"akita/internal/segment"
)

func TestParseParameters(t *testing.T) {
	t.Parallel()
	checkParsed(t, "parameters", []string{"cars;color=<red>;year=<2026>", "<17>;v=<2>", "cars;full", "cars;full;v=<2>", ";v=<2>", "<17>;full",
		"<cars;Ada Lovelace>", "Products(<1>);v=<2>", "map;x="})
}

// Parameters behind semicolons have no order, and none of them is a session.
func TestParametersAreCanonical(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"cars;year=2026;color=red":              "cars;color=<red>;year=<2026>",
		"cars;jsessionid=1A2B3C;year=7":         "cars;year=<7>",
		"cars;JSESSIONID=1A2B3C.node1":          "cars",
		"17;phpsessid=x9f8k2":                   "<17>",
		"cars;;year=7;":                         "cars;year=<7>",
		"cars;a=1;b=2;c=3;d=4;e=5;f=6;g=7":      "cars;a=<1>;b=<2>;c=<3>;d=<4>;e=<5>;f=<6>;g=<7>",
		"c;a=1;b=2;c=3;d=4;e=5;f=6;g=7;h=8;i=9": "<c;a=1;b=2;c=3;d=4;e=5;f=6;g=7;h=8;i=9>",
	} {
		if got := written(segment.Parse(text)); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}
