package shape

import "akita/internal/jsonscan"

// AppendJSON appends the shape as a JSON object without its zero members. It appends null for nil.
func (s *Shape) AppendJSON(dst []byte) []byte {
	if s == nil {
		return append(dst, "null"...)
	}
	dst = append(dst, '{')
	dst = jsonscan.AppendUint(dst, "null", s.Nulls)
	dst = jsonscan.AppendUint(dst, "bool", s.Bools)
	dst = jsonscan.AppendUint(dst, "int", s.Ints)
	dst = jsonscan.AppendUint(dst, "num", s.Nums)
	dst = jsonscan.AppendUint(dst, "str", s.Strs)
	dst = jsonscan.AppendUint(dst, "arr", s.Arrs)
	dst = jsonscan.AppendUint(dst, "obj", s.Objs)
	dst = jsonscan.AppendUint(dst, "opaque", s.Opaques)
	dst = jsonscan.AppendUint(dst, "empty", s.Empties)
	dst = jsonscan.AppendList(dst, "formats", s.Formats, (*FormatCount).appendJSON)
	dst = jsonscan.AppendUint(dst, "lengths", uint64(s.Lengths))
	dst = jsonscan.AppendUint(dst, "sizes", uint64(s.Sizes))
	dst = jsonscan.AppendUint(dst, "widths", uint64(s.Widths))
	if s.Enum != nil {
		dst = s.Enum.appendJSON(jsonscan.AppendName(dst, "enum"))
	}
	if s.Items != nil {
		dst = s.Items.AppendJSON(jsonscan.AppendName(dst, "items"))
	}
	if s.Object != nil {
		dst = s.Object.appendJSON(jsonscan.AppendName(dst, "object"))
	}
	return append(dst, '}')
}

func (e *Enum) appendJSON(dst []byte) []byte {
	dst = append(dst, '{')
	dst = jsonscan.AppendList(dst, "members", e.Members, (*Member).appendJSON)
	return append(jsonscan.AppendTrue(dst, "many", e.Many), '}')
}

func (p *Object) appendJSON(dst []byte) []byte {
	dst = append(dst, '{')
	if len(p.Fields) > 0 {
		dst = append(jsonscan.AppendName(dst, "fields"), '{')
		for _, f := range p.Fields {
			dst = append(jsonscan.AppendString(jsonscan.Next(dst), f.Name), ':')
			dst = f.Shape.AppendJSON(dst)
		}
		dst = append(dst, '}')
	}
	dst = jsonscan.AppendList(dst, "sets", p.Sets, (*KeySet).appendJSON)
	dst = jsonscan.AppendTrue(dst, "many", p.Many)
	dst = jsonscan.AppendList(dst, "tags", p.Tags, (*Tag).appendJSON)
	dst = jsonscan.AppendTrue(dst, "untold", p.Untagged)
	dst = jsonscan.AppendTrue(dst, "wide", p.Wide)
	if p.Keys != nil {
		dst = p.Keys.AppendJSON(jsonscan.AppendName(dst, "keys"))
	}
	if p.Values != nil {
		dst = p.Values.AppendJSON(jsonscan.AppendName(dst, "values"))
	}
	return append(dst, '}')
}

// The functions below append only the members of an element. The list appends the braces.

func (c *FormatCount) appendJSON(dst []byte) []byte {
	return jsonscan.AppendUint(jsonscan.AppendText(dst, "format", c.Format.String()), "count", c.Count)
}

func (m *Member) appendJSON(dst []byte) []byte {
	return jsonscan.AppendUint(jsonscan.AppendText(dst, "text", m.Text), "count", m.Count)
}

func (s *KeySet) appendJSON(dst []byte) []byte {
	return jsonscan.AppendUint(jsonscan.AppendText(dst, "names", s.Names), "count", s.Count)
}

func (t *Tag) appendJSON(dst []byte) []byte {
	dst = jsonscan.AppendText(dst, "field", t.Field)
	dst = jsonscan.AppendText(dst, "value", t.Value)
	dst = jsonscan.AppendUint(dst, "count", t.Count)
	if t.Object != nil {
		dst = t.Object.appendJSON(jsonscan.AppendName(dst, "object"))
	}
	return dst
}
