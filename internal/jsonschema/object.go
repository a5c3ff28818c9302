package jsonschema

import (
	"bytes"
	"encoding/json"
	"fmt"
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

// MarshalJSON implements json.Marshaler.
func (o Object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := writeJSON(&b, m.Key); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := writeJSON(&b, m.Value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func writeJSON(b *bytes.Buffer, v any) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	b.Truncate(b.Len() - 1) // the newline that Encode adds
	return nil
}
