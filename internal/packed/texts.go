package packed

// Texts keeps the texts that Readers return, so that records with equal texts share them. It is
// bounded. The zero Texts is ready to use; it is not safe for concurrent use.
type Texts struct{ known map[string]string }

const (
	maxTexts     = 1 << 14
	maxTextBytes = 64 // of a text that is kept
)

// text returns a text.
func (t *Texts) text(b []byte) string {
	if t == nil || len(b) > maxTextBytes {
		return string(b)
	}
	if text, ok := t.known[string(b)]; ok {
		return text
	}
	if len(t.known) >= maxTexts {
		clear(t.known)
	}
	if t.known == nil {
		t.known = make(map[string]string)
	}
	text := string(b)
	t.known[text] = text
	return text
}
