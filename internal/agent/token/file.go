package token

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"unicode/utf8"

	"akita/internal/secret"
)

const madeBytes = 32 // of randomness in a new token

// Parse reads a token and ignores white space around it.
func Parse(text secret.Text) (Token, error) {
	trimmed := strings.TrimSpace(text.Reveal())
	if n := utf8.RuneCountInString(trimmed); n < MinLength {
		return Token{}, fmt.Errorf(
			"the token has %d characters, at least %d are needed: make one with `openssl rand -base64 32`",
			n,
			MinLength,
		)
	}
	return Token{secret.Text(trimmed)}, nil
}

// Read reads the token in a file.
func Read(path string) (Token, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Token{}, fmt.Errorf("read the token: %w", err)
	}
	t, err := Parse(secret.Text(text))
	if err != nil {
		return Token{}, fmt.Errorf("%s: %w", path, err)
	}
	return t, nil
}

// ReadOrMake reads the token in a file. If there is no file, it makes one that only its
// owner can read. exposed reports whether all users may read the file; it is false on
// Windows, where the mode does not say.
func ReadOrMake(path string) (t Token, exposed bool, err error) {
	if err := makeFile(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return Token{}, false, fmt.Errorf("make a token: %w", err)
	}
	t, err = Read(path)
	if err != nil {
		return Token{}, false, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return Token{}, false, fmt.Errorf("read the token: %w", err)
	}
	const others = 0o007
	return t, runtime.GOOS != "windows" && info.Mode().Perm()&others != 0, nil
}

func makeFile(path string) (err error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, file.Close())
		if err != nil {
			err = errors.Join(err, os.Remove(path)) // it may hold half a token
		}
	}()
	var b [madeBytes]byte
	_, _ = rand.Read(b[:]) // never fails
	_, err = file.WriteString(base64.RawURLEncoding.EncodeToString(b[:]) + "\n")
	return err
}
