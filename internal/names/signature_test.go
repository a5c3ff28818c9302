package names

import "testing"

func TestQuerySignature(t *testing.T) {
	t.Parallel()
	tests := []struct {
		parameter, part string
		want            bool
	}{
		{"x-amz-signature", "x-amz-date", true},
		{"x-amz-signature", "x-amz-acl", false},
		{"x-goog-signature", "x-goog-expires", true},
		{"sig", "se", true},
		{"sig", "x-amz-date", false},
		{"signature", "expires", true},
		{"oauth_signature", "oauth_nonce", true},
		{"X-Amz-Signature", "X-AMZ-Date", true},
		{"sig", "sig", true},
	}
	for _, c := range tests {
		s, ok := QuerySignature(c.parameter)
		if !ok {
			t.Fatalf("%s holds no signature", c.parameter)
		}
		if got := s.Has(c.part); got != c.want {
			t.Errorf("%s is part of %s: got %v, want %v", c.part, c.parameter, got, c.want)
		}
	}
	if _, ok := QuerySignature("page"); ok {
		t.Error("page holds a signature")
	}
}

func TestIsOAuth(t *testing.T) {
	t.Parallel()
	for parameter, want := range map[string]bool{"oauth_signature": true, "OAuth_Signature": true, "sig": false} {
		if s, _ := QuerySignature(parameter); s.IsOAuth() != want {
			t.Errorf("%s: IsOAuth() = %v", parameter, s.IsOAuth())
		}
	}
}

func TestIsSignedHeader(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"x-amz-date": true, "X-Amz-Date": true, "content-digest": true, "x-amz-acl": false, "content-type": false, "": false,
	} {
		if got := IsSignedHeader(name); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}
