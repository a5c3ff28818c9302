package shape

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Validate checks the properties of a shape from outside that Merge and other functions rely on:
// bounded nesting, order, and no literals.
func (s *Shape) Validate() error { return s.validate(MaxDepth + 3) } // a form in an array of a stream

func (s *Shape) validate(levels int) error {
	switch {
	case s == nil:
		return nil
	case levels == 0:
		return fmt.Errorf("a shape is nested deeper than %d levels", MaxDepth)
	case s.Enum != nil:
		return errors.New("a shape holds literals")
	case !slices.IsSortedFunc(s.Formats, func(a, b FormatCount) int { return int(a.Format) - int(b.Format) }):
		return errors.New("the formats of a shape are not in order")
	}
	if err := s.Items.validate(levels - 1); err != nil {
		return err
	}
	return s.Object.validate(levels - 1)
}

func (p *Object) validate(levels int) error {
	if p == nil {
		return nil
	}
	switch {
	case len(p.Tags) > 0:
		return errors.New("a shape holds literals")
	case len(p.Sets) > MaxKeySets:
		return fmt.Errorf("an object has more than %d combinations of fields", MaxKeySets)
	case !slices.IsSortedFunc(p.Sets, func(a, b KeySet) int { return strings.Compare(a.Names, b.Names) }):
		return errors.New("the combinations of fields of an object are not in order")
	case (p.Keys == nil) != (p.Values == nil):
		return errors.New("a map has keys without values, or values without keys")
	}
	for i, f := range p.Fields {
		if len(f.Name) > MaxNameBytes {
			return fmt.Errorf("a field's name is longer than %d bytes", MaxNameBytes)
		}
		if i > 0 && p.Fields[i-1].Name >= f.Name {
			return errors.New("the fields of an object are not in order")
		}
		if err := f.Shape.validate(levels); err != nil {
			return err
		}
	}
	if err := p.Keys.validate(1); err != nil {
		return err
	}
	return p.Values.validate(levels)
}
