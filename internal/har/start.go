package har

import (
	"errors"
	"io"
	"strings"

	"akita/internal/jsonscan"
)

// start finds the first entry of what begins here.
func (d *Decoder) start() error {
	c, err := d.space()
	if err == nil && strings.HasPrefix(d.text[d.pos:], "\ufeff") {
		d.pos += len("\ufeff")
		c, err = d.space()
	}
	if err == nil && c != '{' && c != '[' {
		c, err = d.callback()
	}
	switch {
	case errors.Is(err, io.EOF):
		return noHAR("")
	case err != nil:
		return err
	case c == '[':
		d.pos++
		d.enter(0)
		return nil
	case c == '{':
		return d.startObject()
	}
	return noHAR(d.text[d.pos:])
}

// callback moves past the name and the parenthesis of JSONP, as HAR viewers write it; what
// is none stays. It returns the next byte.
func (d *Decoder) callback() (byte, error) {
	text := d.text[d.pos:min(len(d.text), d.pos+sniffBytes)]
	name, _, ok := strings.Cut(text, "(")
	for _, c := range strings.TrimRight(name, " \t\r\n") {
		ok = ok && (c == '_' || c == '$' || c == '.' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z')
	}
	if ok && name != "" {
		d.pos += len(name) + 1
	}
	return d.space()
}

// enter begins an array of entries, which stands inside some objects.
func (d *Decoder) enter(around int) {
	d.state, d.first, d.around = inEntries, true, around
}

// startObject looks whether the object at hand is a HAR, its log, or the first of many entries.
func (d *Decoder) startObject() error {
	d.held = d.pos
	d.pos++
	found, err := d.findMember(map[string]byte{"log": '{', "entries": '[', "request": 0}, true)
	start := d.held
	d.held = -1
	switch {
	case found == "log":
		return d.startLog()
	case found == "entries":
		d.pos++
		d.enter(1)
		return nil
	case found == "request", strings.Contains(d.text[start:], "\n{"): // a bad entry before others
		d.pos = start
		d.state = inLines
		return nil
	case err != nil:
		return err
	}
	return errNoLog
}

func (d *Decoder) startLog() error {
	d.pos++
	found, err := d.findMember(map[string]byte{"entries": '['}, true)
	switch {
	case err != nil:
		return err
	case found == "":
		return errNoEntries
	}
	d.pos++
	d.enter(2)
	return nil
}

// leave moves past what follows the array of entries: the rest of the objects around it, and
// of JSONP. It returns io.EOF where nothing stands behind; that the objects are not closed
// there loses no entry.
func (d *Decoder) leave() error {
	for ; d.around > 0; d.around-- {
		switch _, err := d.findMember(nil, false); {
		case errors.Is(err, ErrCut):
			return io.EOF
		case err != nil:
			return err
		}
	}
	d.state = atStart
	return d.skipTo(func(c byte) bool { return strings.IndexByte(" \t\r\n);", c) < 0 })
}

// findMember moves to the value of the first of the members wanted whose value starts with
// the byte given (0: any) and returns its name; the others are passed over. Without one it
// returns "" and stands behind the object. first says that no member has been read yet.
func (d *Decoder) findMember(wanted map[string]byte, first bool) (string, error) {
	for ; ; first = false {
		c, err := d.space()
		if err == nil && c == '}' {
			d.pos++
			return "", nil
		}
		if err == nil && c == ',' && !first {
			d.pos++
			c, err = d.space()
		}
		if err != nil {
			return "", orCut(err)
		}
		if c != '"' {
			return "", d.syntaxError(0, "a member's name should start here")
		}
		name, err := d.memberName()
		if err != nil {
			return "", err
		}
		c, err = d.space()
		if err != nil {
			return "", orCut(err)
		}
		if start, ok := wanted[name]; ok && (start == 0 || start == c) {
			return name, nil
		}
		if _, err := d.value(); err != nil {
			return "", err
		}
	}
}

// memberName reads a member's name and its colon.
func (d *Decoder) memberName() (string, error) {
	quoted, err := d.value()
	if err != nil {
		return "", err
	}
	c, err := d.space()
	if err != nil {
		return "", orCut(err)
	}
	if c != ':' {
		return "", d.syntaxError(0, "a colon should stand here")
	}
	d.pos++
	s := jsonscan.New(quoted)
	s.Peek()
	return s.Text(), nil
}
