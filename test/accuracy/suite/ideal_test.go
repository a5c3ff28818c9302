package suite_test

import (
	"encoding/json"
	"strings"

	"akita/test/accuracy/truth"
)

type object = map[string]any

// ideal returns the document that has the whole truth and nothing else.
func ideal(t *truth.Truth) ([]byte, error) {
	paths, schemes := object{}, object{}
	for _, op := range t.Operations {
		if op.Exists != truth.Yes {
			continue
		}
		item, _ := paths[op.Template].(object)
		if item == nil {
			item = object{}
			paths[op.Template] = item
		}
		item[op.Method] = idealOperation(op, schemes)
	}
	return json.Marshal(object{"openapi": "3.1.0", "paths": paths, "components": object{"securitySchemes": schemes}})
}

func idealOperation(op *truth.Operation, schemes object) object {
	var params []any
	for _, p := range op.Path {
		params = append(params, object{"in": "path", "name": p.Name, "required": true, "schema": idealSchema(p.Node)})
	}
	for in, list := range map[string][]truth.Param{"query": op.Query, "header": op.Header, "cookie": op.Cookie} {
		for _, p := range list {
			if p.Seen == truth.Yes {
				params = append(
					params,
					object{
						"in":       in,
						"name":     p.Name,
						"required": p.Required == truth.Yes,
						"schema":   idealSchema(p.Node),
					},
				)
			}
		}
	}
	responses := object{}
	for status, content := range op.Responses {
		headers := object{}
		for _, p := range op.Returned[status] {
			headers[p.Name] = object{"required": p.Required == truth.Yes, "schema": idealSchema(p.Node)}
		}
		responses[status] = object{"content": idealContent(content), "headers": headers}
	}
	out := object{"parameters": params, "responses": responses, "security": idealSecurity(op.Auth, schemes)}
	if len(op.Request) > 0 {
		out["requestBody"] = object{"required": op.Required == truth.Yes, "content": idealContent(op.Request)}
	}
	return out
}

func idealContent(of map[string]*truth.Node) object {
	content := object{}
	for mediaType, node := range of {
		media := object{}
		if node != nil {
			media["schema"] = idealSchema(node)
		}
		content[mediaType] = media
	}
	return content
}

func idealSecurity(alternatives []string, schemes object) []any {
	var out []any
	for _, alternative := range alternatives {
		requirement := object{}
		for name := range strings.SplitSeq(alternative, " + ") {
			switch parts := strings.Split(name, " "); {
			case name == "":
				continue
			case parts[0] == "apiKey":
				schemes[name] = object{"type": "apiKey", "in": parts[1], "name": parts[2]}
			default:
				schemes[name] = object{"type": "http", "scheme": name}
			}
			requirement[name] = []any{}
		}
		out = append(out, requirement)
	}
	return out
}

func idealSchema(n *truth.Node) object {
	if len(n.Variants) > 0 {
		return idealVariants(n)
	}
	types := n.Types
	if n.Null {
		types = append(types[:len(types):len(types)], "null")
	}
	s := object{}
	if len(types) > 0 {
		s["type"] = types
	}
	if n.Any {
		return s
	}
	if n.Format != nil && n.Format.Claim == truth.Yes {
		s["format"] = n.Format.Names[0]
	}
	if n.Enum != nil && n.Enum.Claim == truth.Yes {
		s["enum"] = n.Enum.Members
	}
	if n.Items != nil {
		s["items"] = idealSchema(n.Items)
	}
	if n.Entry != nil {
		s["additionalProperties"] = idealSchema(n.Entry)
	}
	if n.Fields != nil {
		properties, required := object{}, []string{}
		for name, field := range n.Fields {
			properties[name] = idealSchema(field.Node)
			if field.Required {
				required = append(required, name)
			}
		}
		s["properties"], s["required"] = properties, required
	}
	return s
}

// idealVariants writes a record for each variant. A field that is always present in its
// variant, but not in all, is optional in the place as a whole.
func idealVariants(n *truth.Node) object {
	var records []any
	for i, names := range n.Variants {
		properties, required := object{}, []string{}
		for _, name := range names {
			properties[name] = idealSchema(n.Fields[name].Node)
			if n.Fields[name].Required {
				required = append(required, name)
			}
		}
		if n.Tag != "" {
			properties[n.Tag] = object{
				"type":  "string",
				"const": n.Fields[n.Tag].Enum.Members[min(i, len(n.Fields[n.Tag].Enum.Members)-1)],
			}
		}
		records = append(records, object{"type": "object", "properties": properties, "required": required})
	}
	if n.Null {
		records = append(records, object{"type": "null"})
	}
	return object{"oneOf": records}
}
