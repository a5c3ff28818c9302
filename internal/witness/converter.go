package witness

import "akita/internal/names"

// Converter is the type that a route declares for one of its parameters. It is code, not a value.
type Converter string

// The known converters.
const (
	ConverterInt   Converter = "int"
	ConverterFloat Converter = "float"
	ConverterUUID  Converter = "uuid"
	ConverterText  Converter = "text" // any string, such as Django's str, slug and path
)

// newConverter returns the type that a converter of Django, Werkzeug or Starlette stands for. It
// returns "" for a converter that the application defines.
func newConverter(name string) Converter { return Converter(names.ConverterType(name)) }

func (c Converter) known() bool {
	switch c {
	case "", ConverterInt, ConverterFloat, ConverterUUID, ConverterText:
		return true
	}
	return false
}
