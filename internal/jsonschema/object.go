package jsonschema

import (
	"iter"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Object is a JSON object whose members keep their order. A value is an Object, []any, string,
// bool, int, uint64 or float64.
type Object []Member

// Member is one member of an Object.
type Member struct {
	Key   string
	Value any
}

// With returns o with one more member.
func (o Object) With(key string, value any) Object { return append(o, Member{key, value}) }

// Set adds a member. The key must be new.
func (o *Object) Set(key string, value any) { *o = append(*o, Member{key, value}) }

// Count adds a member for a number that is not zero.
func (o *Object) Count(key string, n uint64) {
	if n > 0 {
		o.Set(key, n)
	}
}

// Get returns the value of a member, nil if the object has no such member.
func (o Object) Get(key string) any {
	for _, m := range o {
		if m.Key == key {
			return m.Value
		}
	}
	return nil
}

// Object returns the member of that key if it is an object, else nil.
func (o Object) Object(key string) Object {
	value, _ := o.Get(key).(Object)
	return value
}

// List returns the member of that key if it is an array, else nil.
func (o Object) List(key string) []any {
	value, _ := o.Get(key).([]any)
	return value
}

// Text returns the member of that key if it is a string, else "".
func (o Object) Text(key string) string {
	value, _ := o.Get(key).(string)
	return value
}

// All yields the members in order.
func (o Object) All() iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for _, m := range o {
			if !yield(m.Key, m.Value) {
				return
			}
		}
	}
}

// MarshalJSONTo implements json.MarshalerTo.
func (o Object) MarshalJSONTo(e *jsontext.Encoder) error {
	if err := e.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	for _, m := range o {
		if err := e.WriteToken(jsontext.String(m.Key)); err != nil {
			return err
		}
		if err := json.MarshalEncode(e, m.Value); err != nil {
			return err
		}
	}
	return e.WriteToken(jsontext.EndObject)
}

// MarshalJSON implements json.Marshaler of encoding/json.
func (o Object) MarshalJSON() ([]byte, error) { return json.Marshal(o) }
