package names

import (
	_ "embed"
	"strings"
)

var (
	//go:embed words/methods.txt
	methodFile string
	//go:embed words/schemes.txt
	schemeFile string
	//go:embed words/yaml.txt
	yamlFile string
)

var (
	methods       = setOf(methodFile, "method")
	opaqueSchemes = setOf(schemeFile, "opaque")
	yamlKeywords  = setOf(yamlFile, "keyword")
)

// IsMethod reports whether a text in upper case is an HTTP method.
func IsMethod(upper string) bool { return methods.has(upper) }

// IsOpaqueScheme reports whether a URI of this scheme, in any case, has no authority, such as
// "mailto".
func IsOpaqueScheme(scheme string) bool { return opaqueSchemes.has(strings.ToLower(scheme)) }

// IsYAMLKeyword reports whether YAML reads the text as a boolean or null unless it is quoted.
func IsYAMLKeyword(text string) bool { return yamlKeywords.has(text) }
