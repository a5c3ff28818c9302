package apimodel

import (
	"errors"
	"fmt"

	"akita/internal/packed"
	"akita/internal/shape"
	"akita/internal/witness"
)

// Pack writes the model for UnpackPart. Several models in one record share its texts.
func (m *Model) Pack(w *packed.Writer) { m.pack(w) }

// UnpackPart reads a model that Pack of a version of the encoding wrote, and checks that it is one of a
// part, as the sum of witnesses would be. The reader's Err returns the error. Use it for a model from
// another machine.
func UnpackPart(r *packed.Reader, part Part, version uint64) *Model {
	m := New()
	m.unpack(r, version)
	if r.Err() == nil {
		if err := m.check(part); err != nil {
			r.Refuse(err.Error())
		}
	}
	return m
}

// UnmarshalForeign decodes a model that MarshalBinary of this version encoded, and checks that it is a sum
// of witnesses. Use it for a model from another machine.
func UnmarshalForeign(b []byte) (*Model, error) {
	if len(b) > 0 && b[0] == '{' { // the form of old versions, which none of them sent
		return nil, errors.New("decode model: it is JSON")
	}
	m, err := Unmarshal(b)
	if err != nil {
		return nil, err
	}
	if err := m.checkCalls(); err != nil {
		return nil, fmt.Errorf("decode model: %w", err)
	}
	return m, nil
}

// check returns an error unless the model could be a sum of witnesses of one part.
func (m *Model) check(part Part) error {
	for key := range m.routes.byKey {
		if key.part() != part {
			return errors.New("a route is not of the part")
		}
	}
	for key := range m.trees {
		if key.part() != part {
			return errors.New("a group of paths is not of the part")
		}
	}
	return m.checkCalls()
}

// checkCalls returns an error unless the model could be a sum of witnesses. It checks what package witness
// checks of a single one (witness.Validate).
func (m *Model) checkCalls() error {
	calls := m.unmatched + m.asked + m.routes.rest
	for key, of := range m.routes.byKey {
		if key.template == "" || key.template[0] != '/' {
			return errors.New("a template does not start with a slash")
		}
		for _, op := range of.byHost {
			if err := op.check(key.method); err != nil {
				return err
			}
			calls += op.Calls()
		}
	}
	for _, t := range m.trees {
		if err := t.root.check(witness.MaxSegments + 3); err != nil { // a host, and the end of the path
			return err
		}
		calls += t.root.calls()
	}
	if calls != m.count || calls == 0 {
		return fmt.Errorf("it has %d calls, and says %d", calls, m.count)
	}
	return nil
}

func (n *Node) check(levels int) error {
	if levels == 0 {
		return errors.New("a path has too many segments")
	}
	if err := n.arg.Validate(); err != nil {
		return err
	}
	for method, op := range n.ops {
		if err := op.check(method); err != nil {
			return err
		}
	}
	for _, children := range []map[string]*Node{n.literals, n.params} {
		for _, child := range children {
			if err := child.check(levels - 1); err != nil {
				return err
			}
		}
	}
	return nil
}

func (op *Operation) check(method string) error {
	if !witness.IsMethod(method) {
		return errors.New("a method is not an HTTP method in upper case")
	}
	var answered uint64
	for status, response := range op.Responses {
		if status != 0 && (status < 100 || status > 999) {
			return errors.New("a status is not an HTTP status")
		}
		answered += response.Count
	}
	if answered != op.Calls() || answered == 0 {
		return errors.New("an operation has not as many responses as calls")
	}
	return op.eachShape((*shape.Shape).Validate)
}

// eachShape calls f with every shape of the operation until one fails.
func (op *Operation) eachShape(f func(*shape.Shape) error) error {
	for _, request := range op.AllRequests() {
		for _, params := range []*Params{&request.Args, &request.Query, &request.Headers, &request.Cookies} {
			if err := params.eachShape(f); err != nil {
				return err
			}
		}
		if err := eachBodyShape(request.Bodies, f); err != nil {
			return err
		}
	}
	for _, response := range op.Responses {
		if err := response.Headers.eachShape(f); err != nil {
			return err
		}
		if err := eachBodyShape(response.Bodies, f); err != nil {
			return err
		}
	}
	return nil
}

func (p *Params) eachShape(f func(*shape.Shape) error) error {
	for _, one := range p.ByName {
		if err := f(one.Shape); err != nil {
			return err
		}
	}
	return nil
}

func eachBodyShape(bodies map[string]*Body, f func(*shape.Shape) error) error {
	for _, b := range bodies {
		if err := f(b.Shape); err != nil {
			return err
		}
		for _, action := range b.Actions {
			if err := f(action.Shape); err != nil {
				return err
			}
		}
	}
	return nil
}
