package names

import _ "embed"

//go:embed words/converters.txt
var converterFile string

var (
	converterTypes    = typesOf(converterFile, "int", "float", "uuid", "text")
	segmentConverters = setOf(converterFile, "segment")
)

// ConverterType returns the type of the values of a converter in a route: "int", "float", "uuid" or
// "text". It returns "" for a converter that the application defines.
func ConverterType(converter string) string { return converterTypes[converter] }

// IsSegmentConverter reports whether values of a converter contain no slash.
func IsSegmentConverter(converter string) bool { return segmentConverters.has(converter) }

// typesOf maps each word of some sections of a list file to the name of its section.
func typesOf(file string, sections ...string) map[string]string {
	types := make(map[string]string)
	for _, name := range sections {
		for _, word := range section(file, name) {
			types[word] = name
		}
	}
	return types
}
