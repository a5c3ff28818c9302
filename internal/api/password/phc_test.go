package password

import (
	"errors"
	"testing"
)

func TestVerifyMalformedHash(t *testing.T) {
	t.Parallel()
	for name, phc := range map[string]string{
		"empty":         "",
		"bcrypt":        "$2b$12$abcdefghijklmnopqrstuv",
		"argon2i":       "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA",
		"other version": "$argon2id$v=16$m=64,t=1,p=1$AAAA$AAAA",
		"no costs":      "$argon2id$v=19$m=,t=1,p=1$AAAA$AAAA",
		"no passes":     "$argon2id$v=19$m=64,t=0,p=1$AAAA$AAAA",
		"4 TiB":         "$argon2id$v=19$m=4294967295,t=1,p=1$AAAA$AAAA",
		"no salt":       "$argon2id$v=19$m=64,t=1,p=1$$AAAA",
		"bad key":       "$argon2id$v=19$m=64,t=1,p=1$AAAA$!!",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, _, err := NewHasher(cheap).Verify(t.Context(), phc, "x"); !errors.Is(err, ErrMalformed) {
				t.Errorf("error = %v, want ErrMalformed", err)
			}
		})
	}
}
