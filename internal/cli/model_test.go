package cli

import "testing"

func TestChooseFormat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ format, output, want string }{
		{"", "", "yaml"},
		{"", "-", "yaml"},
		{"", "api.json", "json"},
		{"", "api.yml", "yaml"},
		{"yaml", "api.json", "yaml"},
		{"json", "api.yaml", "json"},
		{"xml", "", "an error"},
	} {
		got := c.format
		if err := chooseFormat(&got, c.output); err != nil {
			got = "an error"
		}
		if got != c.want {
			t.Errorf("--format %q, --output %q: %s, want %s", c.format, c.output, got, c.want)
		}
	}
}

func TestTitleOf(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"-": "", "shop.har": "shop", "/tmp/shop.har.gz": "shop", "shop.v2.ndjson": "shop.v2", "dir.har/traffic": "traffic",
		"entries.json": "entries",
	} {
		if got := titleOf([]string{file, "other.har"}); got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
}
