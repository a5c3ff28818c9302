package names

import "testing"

func TestCase(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ camel, pascal, title string }{
		"":            {"", "", ""},
		"order_items": {"orderItems", "OrderItems", "OrderItems"},
		"x-api-key":   {"xApiKey", "XApiKey", "XApiKey"},
		"OrderItems":  {"orderItems", "OrderItems", "OrderItems"},
		"2fa":         {"fa", "Fa", "2fa"},
		"oauth2":      {"oauth2", "Oauth2", "Oauth2"},
		"größe":       {"größe", "Größe", "GrE"},
		"--":          {"", "", ""},
	}
	for text, want := range tests {
		if got := Camel(text); got != want.camel {
			t.Errorf("Camel(%q) = %q, want %q", text, got, want.camel)
		}
		if got := Pascal(text); got != want.pascal {
			t.Errorf("Pascal(%q) = %q, want %q", text, got, want.pascal)
		}
		if got := Title(text); got != want.title {
			t.Errorf("Title(%q) = %q, want %q", text, got, want.title)
		}
	}
}

func TestIsAcronym(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{"ZRH": true, "EU": true, "A": false, "ABCDEF": false, "Zrh": false, "Z1": false, "": false}
	for text, want := range tests {
		if got := IsAcronym(text); got != want {
			t.Errorf("IsAcronym(%q) = %v, want %v", text, got, want)
		}
	}
}
