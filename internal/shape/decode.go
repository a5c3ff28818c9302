package shape

import (
	"slices"
	"strings"

	"akita/internal/format"
	"akita/internal/jsonscan"
)

// Read reads what AppendJSON wrote into a shape of the arena. It returns nil for null and skips
// unknown members. The scanner's Err returns the error. Names and literals share memory with the
// scanner's text.
func Read(in *jsonscan.Scanner, a *Arena) *Shape {
	if in.Peek() == jsonscan.Null {
		in.Literal()
		return nil
	}
	s := a.Shape()
	for name, ok := in.BeginObject(); ok; name, ok = in.NextKey() {
		switch name {
		case "null":
			s.Nulls = in.ReadUint()
		case "bool":
			s.Bools = in.ReadUint()
		case "int":
			s.Ints = in.ReadUint()
		case "num":
			s.Nums = in.ReadUint()
		case "str":
			s.Strs = in.ReadUint()
		case "arr":
			s.Arrs = in.ReadUint()
		case "obj":
			s.Objs = in.ReadUint()
		case "opaque":
			s.Opaques = in.ReadUint()
		case "empty":
			s.Empties = in.ReadUint()
		case "formats":
			s.Formats = readFormats(in, a)
		case "lengths":
			s.Lengths = Buckets(in.ReadUint())
		case "sizes":
			s.Sizes = Buckets(in.ReadUint())
		case "widths":
			s.Widths = Buckets(in.ReadUint())
		case "enum":
			s.Enum = readEnum(in, a)
		case "items":
			s.Items = Read(in, a)
		case "object":
			s.Object = readObject(in, a)
		default:
			in.Skip()
		}
	}
	return s
}

func readFormats(in *jsonscan.Scanner, a *Arena) Formats {
	formats := a.formats()
	if !in.BeginArray() {
		return nil
	}
	for in.NextElement() {
		var c FormatCount
		for name, ok := in.BeginObject(); ok; name, ok = in.NextKey() {
			switch name {
			case "format":
				if c.Format = format.Named(in.ReadText()); c.Format == 0 {
					in.Refuse("an unknown format")
				}
			case "count":
				c.Count = in.ReadUint()
			default:
				in.Skip()
			}
		}
		formats = append(formats, c)
	}
	return formats
}

func readEnum(in *jsonscan.Scanner, a *Arena) *Enum {
	if in.Peek() == jsonscan.Null {
		in.Literal()
		return nil
	}
	e := a.enum()
	for name, ok := in.BeginObject(); ok; name, ok = in.NextKey() {
		switch name {
		case "members":
			for ok := in.BeginArray(); ok && in.NextElement(); {
				text, n := readCount(in, "text")
				e.Members = append(e.Members, Member{text, n})
			}
		case "many":
			e.Many = in.ReadBool()
		default:
			in.Skip()
		}
	}
	return e
}

// readCount reads {what: "...", "count": n}.
func readCount(in *jsonscan.Scanner, what string) (text string, n uint64) {
	for name, ok := in.BeginObject(); ok; name, ok = in.NextKey() {
		switch name {
		case what:
			text = in.ReadText()
		case "count":
			n = in.ReadUint()
		default:
			in.Skip()
		}
	}
	return text, n
}

func readObject(in *jsonscan.Scanner, a *Arena) *Object {
	if in.Peek() == jsonscan.Null {
		in.Literal()
		return nil
	}
	p := a.object()
	for name, ok := in.BeginObject(); ok; name, ok = in.NextKey() {
		switch name {
		case "fields":
			p.Fields = readFields(in, a)
		case "sets":
			for ok := in.BeginArray(); ok && in.NextElement(); {
				names, n := readCount(in, "names")
				p.Sets = append(p.Sets, KeySet{names, n})
			}
		case "many":
			p.Many = in.ReadBool()
		case "tags":
			for ok := in.BeginArray(); ok && in.NextElement(); {
				p.Tags = append(p.Tags, readTag(in, a))
			}
		case "untold":
			p.Untagged = in.ReadBool()
		case "wide":
			p.Wide = in.ReadBool()
		case "keys":
			p.Keys = Read(in, a)
		case "values":
			p.Values = Read(in, a)
		default:
			in.Skip()
		}
	}
	return p
}

// readFields reads fields in any order.
func readFields(in *jsonscan.Scanner, a *Arena) Fields {
	var fields Fields
	inOrder := true
	for name, ok := in.BeginObject(); ok; name, ok = in.NextKey() {
		if len(fields) >= MaxFields {
			in.Refuse("an object has too many fields")
		}
		if n := len(fields); n > 0 && fields[n-1].Name >= name {
			inOrder = false
		}
		s := Read(in, a)
		if s == nil {
			in.Refuse("a field has no shape")
			return nil
		}
		fields = a.appendField(fields, Field{name, s})
	}
	if inOrder {
		return fields
	}
	slices.SortFunc(fields, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	unique := slices.CompactFunc(slices.Clone(fields), func(a, b Field) bool { return a.Name == b.Name })
	if len(unique) < len(fields) {
		in.Refuse("an object has a field twice")
	}
	return fields
}

func readTag(in *jsonscan.Scanner, a *Arena) Tag {
	var t Tag
	for name, ok := in.BeginObject(); ok; name, ok = in.NextKey() {
		switch name {
		case "field":
			t.Field = in.ReadText()
		case "value":
			t.Value = in.ReadText()
		case "count":
			t.Count = in.ReadUint()
		case "object":
			t.Object = readObject(in, a)
		default:
			in.Skip()
		}
	}
	return t
}
