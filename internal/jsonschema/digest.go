package jsonschema

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// digest identifies a schema without its evidence: the SHA-256 of its members in order.
type digest [sha256.Size]byte

// digests holds the digests of the records in a value.
type digests struct {
	of    map[*Member]digest // by first member; nil if they are not kept
	found func(digest)       // is called for each place that a record stands in; may be nil
}

// digestsOf returns the digests of all records at and below v. Each object is read once.
func digestsOf(v any) *digests {
	d := &digests{of: make(map[*Member]digest)}
	d.append(nil, v)
	return d
}

// maxInline is how many bytes an object may have in the text of what it stands in.
const maxInline = 64

// append appends what identifies a value: for a short object its members, for another one its digest,
// so that no value is longer for being nested deeply.
func (d *digests) append(text []byte, v any) []byte {
	switch v := v.(type) {
	case Object:
		start := len(text)
		text = d.members(text, v)
		if members := text[start:]; len(members) > maxInline || isRecord(v) {
			sum := d.keep(v, members)
			return append(append(text[:start], 'd'), sum[:]...)
		}
		return text
	case []any:
		text = binary.AppendUvarint(append(text, 'a'), uint64(len(v)))
		for _, item := range v {
			text = d.append(text, item)
		}
		return text
	case string:
		return appendText(append(text, 's'), v)
	case bool:
		return strconv.AppendBool(append(text, 'b'), v)
	case uint64:
		return binary.AppendUvarint(append(text, 'n'), v)
	}
	return appendText(append(text, 'v'), fmt.Sprint(v))
}

// object returns the digest of an object, and keeps it if that is a record.
func (d *digests) object(o Object) digest { return d.keep(o, d.members(nil, o)) }

// members appends the members of an object without its evidence.
func (d *digests) members(text []byte, o Object) []byte {
	n := 0
	for i := range o {
		if !isEvidence(o[i].Key) {
			n++
		}
	}
	text = binary.AppendUvarint(append(text, 'o'), uint64(n))
	for i := range o {
		if m := &o[i]; !isEvidence(m.Key) {
			text = d.append(appendText(text, m.Key), m.Value)
		}
	}
	return text
}

func isEvidence(key string) bool { return strings.HasPrefix(key, "x-akita-") }

// keep returns the digest of an object from its members, and keeps it if that is a record.
func (d *digests) keep(o Object, members []byte) digest {
	sum := digest(sha256.Sum256(members))
	if isRecord(o) {
		if d.of != nil {
			d.of[&o[0]] = sum
		}
		if d.found != nil {
			d.found(sum)
		}
	}
	return sum
}

// appendText appends a text with its length, so that no two lists of texts are alike.
func appendText(to []byte, text string) []byte {
	return append(binary.AppendUvarint(to, uint64(len(text))), text...)
}
