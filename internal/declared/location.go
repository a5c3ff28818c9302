package declared

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// componentPrefix starts the references to schemas of the document.
const componentPrefix = "#/components/schemas/"

// Root is the JSONPath (RFC 9535) of the document.
const Root = "$"

// member returns the JSONPath of a member of an object; "" for an object that has none.
func member(at, name string) string {
	if at == "" {
		return ""
	}
	return at + "[" + Quote(name) + "]"
}

// item returns the JSONPath of an element of a list.
func item(at, name string, i int) string {
	if at == "" {
		return ""
	}
	return fmt.Sprintf("%s[%d]", member(at, name), i)
}

// Quote returns a name as JSONPath writes it.
func Quote(name string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\t", `\t`).Replace(name) + "'"
}

// target returns the JSONPath of the schema that a slot holds or refers to; "" in another file.
func target(ref *openapi3.SchemaRef, slot string) string { return resolved(ref.Ref, slot) }

// resolved returns the JSONPath of what a reference in a slot refers to, the slot without a reference.
func resolved(ref, slot string) string {
	if ref == "" || slot == "" {
		return slot
	}
	pointer, ok := strings.CutPrefix(ref, "#/")
	if !ok {
		return ""
	}
	at := Root
	for name := range strings.SplitSeq(pointer, "/") {
		if plain, err := url.PathUnescape(name); err == nil {
			name = plain
		}
		at = member(at, strings.NewReplacer("~1", "/", "~0", "~").Replace(name))
	}
	return at
}
