package severity

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"akita/internal/compare"
	"akita/internal/declared"
)

// Where the texts of changes name what they are about. Names are quoted in them.
var (
	parameterIn  = regexp.MustCompile("`(path|query|header|cookie)` request (?:parameter|header's property) `([^`]+)`")
	inParameter  = regexp.MustCompile("the `(path|query|header|cookie)` request parameter `([^`]+)`")
	propertyName = regexp.MustCompile("`([^`]+)` (?:request|response)(?:'s)? (?:read-only |write-only )?property")
	property     = regexp.MustCompile("property (?:of )?`([^`]+)`")
	statusCode   = regexp.MustCompile("status `([0-9]{3})`|`([0-9]{3})` status")
	mediaType    = regexp.MustCompile("media type `([^`]+)`")
	bodyType     = regexp.MustCompile(`\(media type: ([^)]+)\)`)
	headerName   = regexp.MustCompile("response header `([^`]+)`|`([^`]+)` response header")
	enumValue    = regexp.MustCompile("enum value `([^`]*)`|new `([^`]*)` enum value")
	combination  = regexp.MustCompile(`(allOf|oneOf|anyOf|not)\[[^]]*\]`) // a part of a schema, and not of the value
	newAspect    = regexp.MustCompile("`(type|format|type/format)`.* from `[^`]*` to `([^`]*)`")
	elements     = regexp.MustCompile("<.*>") // the types of what an array has
	aspect       = regexp.MustCompile("`(type|format|type/format)`")
)

// place sets where a change is, and what stands there, as far as its text says so.
func place(f *compare.Finding, text string, base, revision *declared.Document) {
	if code := find(text, statusCode); code != "" {
		f.Status, _ = strconv.Atoi(code) // it has three digits
	}
	f.Value = find(text, enumValue)
	if f.Subject == compare.Type && find(text, aspect) == "format" {
		f.Subject = compare.Format
	}
	if m := newAspect.FindStringSubmatch(text); m != nil {
		kind, format, _ := strings.Cut(elements.ReplaceAllString(m[2], ""), "/")
		if m[1] == "format" {
			kind, format = "", m[2]
		}
		f.After.Types, f.After.Format = strings.Split(kind, ", "), format
	}
	if m := firstOf(text, parameterIn, inParameter); m != nil {
		f.At = m[1] + "." + m[2]
		return
	}
	f.Change.Key.MediaType = find(text, bodyType)
	root := f.At
	switch name := find(text, propertyName, property); {
	case f.Subject == compare.Header:
		f.At = "response.header." + strings.ToLower(find(text, headerName))
	case f.Subject == compare.Auth:
		f.At = "request.auth"
	case f.Subject == compare.MediaType:
		f.At, f.Value = root+".body", find(text, mediaType)
	case root == "" || f.Subject == compare.Operation || f.Subject == compare.Status:
	case name == "":
		f.At = root + ".body"
	default:
		f.At = root + ".body" + propertyPath(name, schemas(f, base), schemas(f, revision))
	}
}

// find returns the first group of the first pattern that a text matches, "" for none.
func find(text string, patterns ...*regexp.Regexp) string {
	m := firstOf(text, patterns...)
	for _, group := range m[min(len(m), 1):] {
		if group != "" {
			return group
		}
	}
	return ""
}

func firstOf(text string, patterns ...*regexp.Regexp) []string {
	for _, p := range patterns {
		if m := p.FindStringSubmatch(text); m != nil {
			return m
		}
	}
	return nil
}

// schemas returns what a document declares of the bodies that a change is about.
func schemas(f *compare.Finding, d *declared.Document) (out []*declared.Schema) {
	for _, op := range d.Operations() {
		if op.Method != f.Method || op.Path != f.Path {
			continue
		}
		body := op.Request()
		if f.At == "response" {
			body = nil
			if r := op.Response(f.Status); r != nil {
				body = &r.Body
			}
		}
		if body == nil {
			continue
		}
		for _, c := range body.Contents {
			if c.Schema != nil {
				out = append(out, c.Schema)
			}
		}
	}
	return out
}

// propertyPath returns the place of a property as findings name it: "b/items/d" is ".b[].d". A property may be
// called "items": the schemas say whether there is an array.
func propertyPath(name string, base, revision []*declared.Schema) string {
	at, path := slices.Concat(base, revision), ""
	for step := range strings.SplitSeq(combination.ReplaceAllString(name, ""), "/") {
		isArray := slices.ContainsFunc(at, func(s *declared.Schema) bool { return slices.Contains(s.Types(), "array") })
		var below []*declared.Schema
		switch {
		case step == "":
			continue
		case step == "items" && (isArray || len(at) == 0):
			path += "[]"
			for _, s := range at {
				below = append(below, s.Items())
			}
		case step == "additionalProperties":
			path += ".*"
			for _, s := range at {
				one, _ := s.Entries()
				below = append(below, one)
			}
		default:
			path += "." + step
			for _, s := range at {
				one, _ := s.Field(step)
				below = append(below, one)
			}
		}
		at = slices.DeleteFunc(below, func(s *declared.Schema) bool { return s == nil })
	}
	return path
}
