package witness

// Converter is what a route declares one of its parameters to be. It is code, not a value.
type Converter string

// The converters that are known.
const (
	ConverterInt   Converter = "int"
	ConverterFloat Converter = "float"
	ConverterUUID  Converter = "uuid"
	ConverterText  Converter = "text" // any string, such as Django's str, slug and path
)

// newConverter returns the converter that Django, Werkzeug or Starlette gives a name; "" for one that
// the application defines, of which nothing is known.
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
