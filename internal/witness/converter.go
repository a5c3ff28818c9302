package witness

// Converter says what a route takes for one of its parameters. It is code and no value.
type Converter string

// The converters that are told apart.
const (
	ConverterInt   Converter = "int"
	ConverterFloat Converter = "float"
	ConverterUUID  Converter = "uuid"
	ConverterText  Converter = "text" // any string, such as Django's str, slug and path
)

// newConverter reads the name that a framework gives to a converter (Django's "Path
// converters", Werkzeug's and Starlette's, which have the same names); "" for one of the
// application's own, of which nothing is known.
func newConverter(name string) Converter {
	switch name {
	case "int":
		return ConverterInt
	case "float":
		return ConverterFloat
	case "uuid":
		return ConverterUUID
	case "str", "string", "slug", "path":
		return ConverterText
	}
	return ""
}

func (c Converter) known() bool {
	switch c {
	case "", ConverterInt, ConverterFloat, ConverterUUID, ConverterText:
		return true
	}
	return false
}
