package witness

import (
	"errors"
	"mime"
	"slices"
	"strings"

	"akita/internal/content"
	"akita/internal/har"
	"akita/internal/jsonscan"
	"akita/internal/shape"
)

// LiveExpanded is the maximum size in bytes to which a daemon expands a compressed body: that of a
// whole call, so that a compressed body takes no more memory than a plain one.
const LiveExpanded = 4 << 20

// arenaBytes bounds the expanded texts whose shapes are made in an arena, which keeps its memory.
const arenaBytes = 64 << 10

// reader reads the text of one body.
type reader struct {
	body     *har.Body
	headers  []har.Pair
	declared string // the media type with its parameters
	options  Options
	out      *Body
	json     string // the JSON text whose shape was read, "" for none
}

// read sets the shape of the body, or why it has none.
func (r *reader) read() {
	text := r.body.Text
	isData := r.isData(text)
	if isData && (r.readJSON(text) == nil || r.out.Cut) { // the usual case costs nothing more
		return
	}
	if text != "" && !r.out.Cut && !r.decode(&text, isData) {
		return
	}
	if isData = isData || r.isData(text); isData && r.out.MediaType == "" {
		r.out.MediaType = "application/json"
	}
	r.readText(text, isData)
	if r.out.Shape == nil && !r.out.Cut && r.out.Unread == "" {
		r.out.Unread = unreadText(r.out.MediaType, text)
	}
}

// isData reports whether the text must be JSON.
func (r *reader) isData(text string) bool {
	return isJSON(r.out.MediaType) || r.out.MediaType == "" && looksLikeJSON(text)
}

// decode undoes what was done to the text, and reports whether the text can be read now. A body
// that was empty is none.
func (r *reader) decode(text *string, isData bool) bool {
	plain, err := content.Decode(*text, r.hints(isData))
	switch {
	case errors.Is(err, content.ErrTruncated):
		r.cut()
		return false
	case err != nil:
		r.out.Unread = unreadError(err)
		if !errors.Is(err, content.ErrCharset) {
			return false
		}
	case plain == "":
		r.out = nil
		return false
	}
	if len(plain) > max(arenaBytes, len(*text)) {
		r.options.Arena = nil
	}
	*text = plain
	return true
}

// hints are what headers say of the text. A file that is compressed is not decompressed, unless a
// header says that it was compressed on the way.
func (r *reader) hints(isData bool) content.Hints {
	h := content.Hints{
		Coding:  header(r.headers, "Content-Encoding"),
		Framing: header(r.headers, "Transfer-Encoding"),
		Foreign: isData,
		Limit:   r.options.MaxExpanded,
		Opaque:  !IsStructured(r.out.MediaType) && !isText(r.out.MediaType),
	}
	if strings.Contains(r.declared, "=") {
		if _, params, err := mime.ParseMediaType(r.declared); err == nil {
			h.Charset = params["charset"]
		}
	}
	return h
}

// cut records that only a part of the body is there.
func (r *reader) cut() { r.out.Cut, r.out.Size, r.out.Unread = true, 0, "" }

// readText reads a text that is not encoded.
func (r *reader) readText(text string, isData bool) {
	out, so := r.out, r.shapes()
	form := *r.body
	form.Text = text
	switch mediaType := out.MediaType; {
	case isData:
		r.readData(text)
	case mediaType == urlencodedForm && r.readLabelled(text):
	case mediaType == urlencodedForm:
		out.form(urlencodedFields(&form), r.options)
	case mediaType == multipartForm:
		out.form(multipartFields(&form, r.declared), r.options)
	case isNDJSON(mediaType):
		out.Shape = linesShape(text, out.Cut, so)
	case mediaType == eventStream:
		if out.Shape = eventsShape(text, so); out.Shape.Items.Count() == 0 {
			r.readLabelled(text)
		}
	case r.readLabelled(text):
	case isText(mediaType) && !strings.Contains(text, "\x00"):
		out.Shape, out.Unread = &shape.Shape{Strs: 1}, ""
	}
	if out.Shape != nil {
		out.Unread = ""
	}
}

func (r *reader) shapes() shape.Options {
	return shape.Options{Enums: r.options.Enums, Arena: r.options.Arena}
}

// readJSON reads a JSON text. It fails if the text is none.
func (r *reader) readJSON(text string) error {
	s, nonFinite, err := shape.Observe(text, r.shapes())
	if err == nil {
		r.take(text, s, nonFinite)
	}
	return err
}

// take takes the shape of a JSON text for that of the body.
func (r *reader) take(text string, s *shape.Shape, nonFinite bool) {
	r.out.Shape, r.json = s, text
	if nonFinite {
		r.out.Quirks = append(r.out.Quirks, QuirkNaN)
	}
	if r.out.MediaType == "" {
		r.out.MediaType = "application/json"
	}
}

// readData reads a text that must be JSON, perhaps behind a guard or in a call.
func (r *reader) readData(text string) {
	err := r.readJSON(text)
	if err != nil && !r.readWrapped(text) && errors.Is(err, jsonscan.ErrTruncated) && looksLikeJSON(text) {
		r.cut()
	}
}

// readLabelled reads a text whose label says that it is not JSON, if it is an object or an array.
func (r *reader) readLabelled(text string) bool {
	if r.out.Cut {
		return false
	}
	return looksLikeJSON(text) && r.readJSON(text) == nil || r.readWrapped(text)
}

// readWrapped reads the object or array behind a guard or in a call.
func (r *reader) readWrapped(text string) bool {
	for _, wrapping := range []struct {
		quirk  Quirk
		unwrap func(string) (string, bool)
	}{{QuirkGuard, content.Unguard}, {QuirkCallback, content.Argument}} {
		if inner, ok := wrapping.unwrap(text); ok && looksLikeJSON(inner) && r.readJSON(inner) == nil {
			r.out.Quirks = append(r.out.Quirks, wrapping.quirk)
			slices.Sort(r.out.Quirks)
			return true
		}
	}
	return false
}
