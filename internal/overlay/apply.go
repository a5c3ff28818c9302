package overlay

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"akita/internal/jsonschema"
)

// Apply returns a document, YAML or JSON, with the changes of the overlay. It reads the targets that a patch
// has: members, elements by number, and elements that are a text.
func (o *Overlay) Apply(document []byte) (jsonschema.Object, error) {
	var node yaml.Node
	if err := yaml.Unmarshal(document, &node); err != nil {
		return nil, fmt.Errorf("it is neither YAML nor JSON: %w", err)
	}
	root, err := new(reader).read(&node)
	if err != nil {
		return nil, err
	}
	if _, ok := root.(object); !ok {
		return nil, errors.New("the document is not an object")
	}
	for _, a := range o.Actions {
		path, err := steps(a.Target)
		if err != nil {
			return nil, err
		}
		root, _ = change(root, path, func(old any) (any, bool) {
			if a.Update == nil {
				return nil, false
			}
			return merge(old, a.Update), true
		})
	}
	out, _ := root.(object)
	return out, nil
}

// step is a member, an element, or the elements that are a text.
type step struct {
	member, equal *string
	index         int
}

var (
	pattern = regexp.MustCompile(`^\[(?:'((?:[^'\\]|\\.)*)'|(\d+)|\?@ == '((?:[^'\\]|\\.)*)')\]`)
	escaped = regexp.MustCompile(`\\(.)`)
)

// steps reads a JSONPath.
func steps(path string) (out []step, err error) {
	rest, ok := strings.CutPrefix(path, "$")
	if !ok {
		return nil, fmt.Errorf("the target %s does not start with $", path)
	}
	for rest != "" {
		m := pattern.FindStringSubmatchIndex(rest)
		if m == nil {
			return nil, fmt.Errorf("the target %s has a step that patches do not have", path)
		}
		group := func(i int) *string {
			if m[2*i] < 0 {
				return nil
			}
			plain := escaped.ReplaceAllString(rest[m[2*i]:m[2*i+1]], "$1")
			return &plain
		}
		s := step{member: group(1), equal: group(3)}
		if number := group(2); number != nil {
			if s.index, err = strconv.Atoi(*number); err != nil {
				return nil, fmt.Errorf("the target %s: %w", path, err)
			}
		}
		out = append(out, s)
		rest = rest[m[1]:]
	}
	return out, nil
}

// change replaces what a path selects; keep is false to remove it. What is not there stays so.
func change(at any, path []step, with func(any) (value any, keep bool)) (value any, keep bool) {
	if len(path) == 0 {
		return with(at)
	}
	s := path[0]
	switch v := at.(type) {
	case object:
		var out object
		for key, old := range v.All() {
			changed, keep := old, true
			if s.member != nil && *s.member == key {
				changed, keep = change(old, path[1:], with)
			}
			if keep {
				out.Set(key, changed)
			}
		}
		return out, true
	case []any:
		out := make([]any, 0, len(v))
		for i, old := range v {
			changed, keep := old, true
			if s.equal != nil && old == *s.equal || s.equal == nil && s.member == nil && s.index == i {
				changed, keep = change(old, path[1:], with)
			}
			if keep {
				out = append(out, changed)
			}
		}
		return out, true
	}
	return at, true
}

// merge merges an update into a target: objects by member, lists one after the other.
func merge(old, update any) any {
	switch u := update.(type) {
	case object:
		o, ok := old.(object)
		if !ok {
			return update
		}
		o = slices.Clone(o)
		for key, value := range u.All() {
			i := slices.IndexFunc(o, func(m jsonschema.Member) bool { return m.Key == key })
			if i < 0 {
				o.Set(key, value)
			} else {
				o[i].Value = merge(o[i].Value, value)
			}
		}
		return o
	case []any:
		if o, ok := old.([]any); ok {
			return slices.Concat(o, u)
		}
	}
	return update
}

// maxAliased bounds how many values a document gets by its aliases.
const maxAliased = 200_000

// reader reads YAML with the members of objects in order.
type reader struct {
	aliases int // around the node
	aliased int // values read in them
}

// read returns the value of a node.
func (r *reader) read(n *yaml.Node) (any, error) {
	if r.aliases > 0 {
		r.aliased++
	}
	if r.aliased > maxAliased {
		return nil, fmt.Errorf("its aliases stand for more than %d values", maxAliased)
	}
	switch n.Kind {
	case yaml.DocumentNode:
		return r.read(n.Content[0])
	case yaml.AliasNode:
		r.aliases++
		defer func() { r.aliases-- }()
		return r.read(n.Alias)
	case yaml.MappingNode:
		out := object{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			value, err := r.read(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			out.Set(n.Content[i].Value, value)
		}
		return out, nil
	case yaml.SequenceNode:
		out := make([]any, 0, len(n.Content))
		for _, c := range n.Content {
			value, err := r.read(c)
			if err != nil {
				return nil, err
			}
			out = append(out, value)
		}
		return out, nil
	}
	var value any
	if err := n.Decode(&value); err != nil {
		return nil, fmt.Errorf("line %d: %w", n.Line, err)
	}
	if _, ok := value.(time.Time); ok {
		return n.Value, nil
	}
	return value, nil
}
