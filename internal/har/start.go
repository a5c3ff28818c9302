package har

import (
	"errors"
	"io"
	"strings"

	"akita/internal/jsonscan"
)

// start detects the form of the input at the current position and moves to its first entry.
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
		return notHAR("")
	case err != nil:
		return err
	case c == '[':
		d.pos++
		d.enterArray(0)
		return nil
	case c == '{':
		return d.startObject()
	}
	return notHAR(d.text[d.pos:])
}

// callback moves past the function name and the parenthesis of JSONP, which HAR viewers use,
// if the text has them. It returns the next byte.
func (d *Decoder) callback() (byte, error) {
	text := d.text[d.pos:min(len(d.text), d.pos+sniffBytes)]
	name, _, ok := strings.Cut(text, "(")
	for _, c := range strings.TrimRight(name, " \t\r\n") {
		ok = ok && (c == '_' || c == '$' || c == '.' ||
			'0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z')
	}
	if ok && name != "" {
		d.pos += len(name) + 1
	}
	return d.space()
}

// enterArray starts an array of entries that is inside depth objects.
func (d *Decoder) enterArray(depth int) {
	d.state, d.first, d.depth = inEntries, true, depth
}

// startObject handles an object that is a HAR, a log, or the first entry of a sequence.
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
		d.enterArray(1)
		return nil
	case found == "request", strings.Contains(d.text[start:], "\n{"): // the first entry may be bad
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
	d.enterArray(2)
	return nil
}

// leaveArray moves past the rest of the objects around the array of entries, and of JSONP. It
// returns io.EOF at the end of the file, even if the objects are not closed, because no entry
// is lost then.
func (d *Decoder) leaveArray() error {
	for ; d.depth > 0; d.depth-- {
		switch _, err := d.findMember(nil, false); {
		case errors.Is(err, ErrTruncated):
			return io.EOF
		case err != nil:
			return err
		}
	}
	d.state = atStart
	return d.skipTo(func(c byte) bool { return strings.IndexByte(" \t\r\n);", c) < 0 })
}

// findMember moves to the value of the first member of the object that wanted names, and
// returns the name. wanted maps a name to the first byte of its value, 0 for any. If there is
// no such member, findMember returns "" and is past the object. first is true before the first
// member of the object.
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
			return "", orTruncated(err)
		}
		if c != '"' {
			return "", d.syntaxError(0, "expected the name of a member")
		}
		name, err := d.memberName()
		if err != nil {
			return "", err
		}
		c, err = d.space()
		if err != nil {
			return "", orTruncated(err)
		}
		if start, ok := wanted[name]; ok && (start == 0 || start == c) {
			return name, nil
		}
		if _, err := d.value(); err != nil {
			return "", err
		}
	}
}

// memberName reads the name of a member and the colon after it.
func (d *Decoder) memberName() (string, error) {
	quoted, err := d.value()
	if err != nil {
		return "", err
	}
	c, err := d.space()
	if err != nil {
		return "", orTruncated(err)
	}
	if c != ':' {
		return "", d.syntaxError(0, "expected a colon")
	}
	d.pos++
	s := jsonscan.New(quoted)
	s.Peek()
	return s.Text(), nil
}
