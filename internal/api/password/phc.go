package password

import (
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// maxMemoryKiB limits the memory for a stored hash: 1 GiB.
const maxMemoryKiB = 1 << 20

// decode parses a PHC string such as
//
//	$argon2id$v=19$m=47104,t=1,p=1$<salt>$<key>
func decode(phc string) (p Params, salt, key []byte, err error) {
	fail := func(what string) (Params, []byte, []byte, error) {
		return Params{}, nil, nil, fmt.Errorf("%w: %s", ErrMalformed, what)
	}
	fields := strings.Split(phc, "$")
	if len(fields) != 6 || fields[0] != "" || fields[1] != "argon2id" {
		return fail("not argon2id")
	}
	if fields[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return fail("unknown version")
	}
	if _, err := fmt.Sscanf(fields[3], "m=%d,t=%d,p=%d", &p.MemoryKiB, &p.Passes, &p.Lanes); err != nil {
		return fail("invalid costs")
	}
	if p.MemoryKiB == 0 || p.MemoryKiB > maxMemoryKiB || p.Passes == 0 || p.Lanes == 0 {
		return fail("costs out of range")
	}
	if salt, err = base64.RawStdEncoding.DecodeString(fields[4]); err != nil || len(salt) == 0 {
		return fail("invalid salt")
	}
	if key, err = base64.RawStdEncoding.DecodeString(fields[5]); err != nil || len(key) == 0 {
		return fail("invalid key")
	}
	return p, salt, key, nil
}
