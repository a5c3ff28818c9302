package witness

import (
	"io"
	"mime"
	"mime/multipart"
	"slices"
	"strings"

	"akita/internal/har"
	"akita/internal/names"
	"akita/internal/shape"
)

// maxForm bounds the fields of a form that are looked at.
const maxForm = har.MaxPairs

// Part is what is known of a field of a form beside its values.
type Part struct {
	Name    string
	JSON    bool     // its values were JSON texts; the field's shape is an array of them
	Indexed bool     // where Name has "[]", the form had the index of an item of a list
	Types   []string // the media types that the parts of a multipart form stated, sorted
}

// chromeFile is what Chrome lists in the place of a file's content.
const chromeFile = "(binary)"

// blobName is the file name that browsers give to a Blob, which is how a page sends a JSON text
// with a media type in a form.
const blobName = "blob"

// urlencodedFields returns the fields of a URL-encoded form: those the entry lists, else those of
// its text.
func urlencodedFields(b *har.Body) []har.Param {
	if len(b.Params) > 0 {
		return b.Params
	}
	if !strings.Contains(b.Text, "=") {
		return nil // not a form, although it says so
	}
	var fields []har.Param
	for _, p := range parseQuery(b.Text) {
		fields = append(fields, har.Param{Name: p.Name, Value: p.Value})
	}
	return fields
}

// multipartFields returns the fields of a multipart form. Its text has names and media types of
// files that a browser's list of fields does not have, so that only fields that are missing in the
// text are read from the list.
func multipartFields(b *har.Body, contentType string) []har.Param {
	fields := partsOf(contentType, b.Text)
	inText := len(fields)
	for _, p := range b.Params {
		if slices.ContainsFunc(fields[:inText], func(f har.Param) bool { return f.Name == p.Name }) {
			continue
		}
		if p.FileName == "" && p.Value == chromeFile {
			p.FileName = chromeFile
		}
		fields = append(fields, p)
	}
	return fields
}

// partsOf reads the text of a multipart form; nil if it cannot be read.
func partsOf(contentType, text string) []har.Param {
	boundary := boundaryOf(contentType, text)
	if boundary == "" {
		return nil
	}
	var fields []har.Param
	r := multipart.NewReader(strings.NewReader(text), boundary)
	for len(fields) < maxForm {
		part, err := r.NextRawPart()
		if err != nil {
			break
		}
		f := har.Param{Name: part.FormName(), FileName: part.FileName(), ContentType: part.Header.Get("Content-Type")}
		if f.FileName == "" || isBlob(f) {
			value, err := io.ReadAll(part)
			if err != nil {
				break
			}
			f.Value = string(value)
		}
		if f.Name != "" {
			fields = append(fields, f)
		}
	}
	return fields
}

// boundaryOf returns the boundary of a multipart form: the one that the media type states, else
// that of the first line, as some writers of entries leave parameters of media types out.
func boundaryOf(contentType, text string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["boundary"] != "" {
		return params["boundary"]
	}
	line, _, _ := strings.Cut(text, "\n")
	boundary, ok := strings.CutPrefix(strings.TrimRight(line, "\r"), "--")
	if !ok {
		return ""
	}
	return boundary
}

// isBlob reports whether a part is a JSON text that a browser sends like a file.
func isBlob(f har.Param) bool { return f.FileName == blobName && isJSON(bareMediaType(f.ContentType)) }

// isFile reports whether a part is a file: it has a file's name, or a media type that is not of a
// text.
func isFile(f har.Param) bool {
	if isBlob(f) && f.Value != "" {
		return false
	}
	mediaType := bareMediaType(f.ContentType)
	return f.FileName != "" || mediaType != "" && !isJSON(mediaType) && !isXML(mediaType) && !names.IsForm(mediaType) &&
		!strings.HasPrefix(mediaType, "text/")
}

// form sums up the fields of a form as an object. A field that comes more than once is an array, and
// one whose values are JSON texts an array of what they hold.
func (b *Body) form(fields []har.Param, o Options) {
	byName := make(map[string]*formField)
	prefixes := formsets(fields)
	for _, f := range fields {
		name, indexed := fieldName(f.Name, prefixes)
		if shape.IsDataParameter(name) {
			continue
		}
		one := byName[name]
		if one == nil {
			one = &formField{part: Part{Name: name}}
			byName[name] = one
		}
		one.part.Indexed = one.part.Indexed || indexed
		one.add(f)
	}
	if len(fields) == 0 || len(byName) > shape.MaxFields {
		return
	}
	b.Shape = &shape.Shape{Objs: 1, Object: &shape.Object{}}
	for _, name := range sortedNames(byName) {
		one := byName[name]
		so := shape.Options{Enums: o.Enums && !names.IsPrivate(name), Arena: o.Arena}
		b.Shape.Object.Fields = append(b.Shape.Object.Fields, shape.Field{Name: name, Shape: one.shape(so)})
		if one.isFile {
			b.Files = append(b.Files, name)
		}
		if part := one.part; part.JSON || part.Indexed || len(part.Types) > 0 {
			b.Parts = append(b.Parts, part)
		}
	}
}

func sortedNames(fields map[string]*formField) []string {
	sorted := make([]string, 0, len(fields))
	for name := range fields {
		sorted = append(sorted, name)
	}
	slices.Sort(sorted)
	return sorted
}

// managementField ends the name of the field by which a formset of Django says how many forms it
// has. The fields of these forms have the number of their form in the name: "items-0-name".
const managementField = "-TOTAL_FORMS"

// formsets returns how the names of fields begin that belong to a formset of Django: "items-".
func formsets(fields []har.Param) []string {
	var prefixes []string
	for _, f := range fields {
		if prefix, ok := strings.CutSuffix(f.Name, managementField); ok && prefix != "" {
			prefixes = append(prefixes, prefix+"-")
		}
	}
	return prefixes
}

// fieldName returns the name of a field with "[]" in the place of each index: "items[]-name" for
// "items-0-name" in a formset.
func fieldName(name string, formsets []string) (plain string, indexed bool) {
	for _, prefix := range formsets {
		rest, ok := strings.CutPrefix(name, prefix)
		if !ok {
			continue
		}
		number, field, ok := strings.Cut(rest, "-")
		if ok && number != "" && strings.Trim(number, "0123456789") == "" {
			return strings.TrimSuffix(prefix, "-") + "[]-" + field, true
		}
	}
	return shape.ParameterName(name)
}

// formField collects the parts of one name.
type formField struct {
	part   Part
	isFile bool
	values []har.Param
}

// defaultType is the media type of a part that states none (RFC 7578, section 4.4), and unknownType
// says nothing of a file.
const (
	defaultType = "text/plain"
	unknownType = "application/octet-stream"
)

func (f *formField) add(p har.Param) {
	f.values = append(f.values, p)
	f.isFile = f.isFile || isFile(p)
	mediaType := bareMediaType(p.ContentType)
	if mediaType == "" || mediaType == unknownType || mediaType == defaultType && p.FileName == "" {
		return
	}
	if i, found := slices.BinarySearch(f.part.Types, mediaType); !found {
		f.part.Types = slices.Insert(f.part.Types, i, mediaType)
	}
}

// shape sums up the values. Values are JSON if all of them that are not empty are: objects and
// arrays, or anything that is declared to be JSON.
func (f *formField) shape(o shape.Options) *shape.Shape {
	n := uint64(len(f.values))
	switch items := f.items(o); {
	case f.isFile && n == 1:
		return &shape.Shape{Strs: 1}
	case f.isFile:
		return &shape.Shape{Arrs: 1, Sizes: shape.Bucket(n), Items: &shape.Shape{Strs: n}}
	case items != nil:
		f.part.JSON = true
		return &shape.Shape{Arrs: 1, Sizes: shape.Bucket(n), Items: items}
	}
	sum := new(shape.Shape)
	for _, v := range f.values {
		sum.Merge(shape.OfText(v.Value, o))
	}
	if n > 1 {
		return &shape.Shape{Arrs: 1, Sizes: shape.Bucket(n), Items: sum}
	}
	return sum
}

// items sums up JSON texts, nil if the values are not JSON.
func (f *formField) items(o shape.Options) *shape.Shape {
	var sum *shape.Shape
	for _, v := range f.values {
		if v.Value == "" {
			continue
		}
		if !isJSON(bareMediaType(v.ContentType)) && !looksLikeJSON(v.Value) {
			return nil
		}
		s, err := shape.OfJSON(v.Value, o)
		if err != nil {
			return nil
		}
		if sum == nil {
			sum = new(shape.Shape)
		}
		sum.Merge(s)
	}
	return sum
}
