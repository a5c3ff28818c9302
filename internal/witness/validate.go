package witness

import (
	"errors"
	"slices"
	"strings"

	"akita/internal/shape"
)

// Validate checks the properties of a witness that the fold relies on.
func (w *Witness) Validate() error {
	switch {
	case !IsMethod(w.Method):
		return errors.New("its method is not an HTTP method in upper case")
	case w.Template == "" && len(w.Path) == 0:
		return errors.New("it has neither template nor path")
	case w.Template != "" && w.Template[0] != '/':
		return errors.New("its template does not start with a slash")
	case len(w.Path) > MaxSegments+1:
		return errors.New("its path has too many segments")
	case slices.ContainsFunc(w.Path, func(s Segment) bool { return !s.valid() }):
		return errors.New("a segment of its path has code around values that it does not have, or too many values")
	case w.Status != 0 && (w.Status < 100 || w.Status > 999):
		return errors.New("its status is not an HTTP status")
	case slices.ContainsFunc(w.PathArgs, func(p Param) bool { return !p.Converter.known() }):
		return errors.New("a path parameter has an unknown converter")
	case !w.Request.hasKnownActions() || !w.Response.hasKnownActions():
		return errors.New("an action is of no known protocol, or in a batch and without a shape")
	case !(w.LatencyMs >= 0):
		return errors.New("its latency is negative")
	case !w.Consumer.valid():
		return errors.New("its consumer has no label for a name, or no version for one")
	}
	return w.eachShape((*shape.Shape).Validate)
}

// IsMethod reports whether a text is the method of a witness: an HTTP method in upper case, or OTHER.
func IsMethod(text string) bool { return text != "" && method(text) == text }

// valid reports whether a segment has further values and code before values only if it has a value,
// and whether that code has no brace, which would read as a value.
func (s *Segment) valid() bool {
	if s.Kind == nil {
		return s.Prefix == "" && len(s.More) == 0
	}
	if len(s.More) > maxSegmentValues || strings.ContainsAny(s.Prefix+s.Suffix, "{}") {
		return false
	}
	return !slices.ContainsFunc(s.More, func(v SegmentValue) bool {
		return v.Kind == nil || strings.ContainsAny(v.Suffix, "{}")
	})
}

// hasKnownActions reports whether the actions of a body, if there are any, are such as this package
// makes.
func (b *Body) hasKnownActions() bool {
	return b == nil || !slices.ContainsFunc(b.Actions, func(a Action) bool {
		isKnown := a.Protocol == GraphQL || a.Protocol == JSONRPC
		return !isKnown || a.Count == 0 || b.Batch != (a.Shape != nil) || !b.Batch && len(b.Actions) > 1
	})
}

// eachShape calls f with every shape of the witness until one fails.
func (w *Witness) eachShape(f func(*shape.Shape) error) error {
	for i := range w.Path {
		for _, kind := range w.Path[i].Values() {
			if err := f(kind); err != nil {
				return err
			}
		}
	}
	for _, params := range [][]Param{w.PathArgs, w.Query, w.Headers, w.Cookies, w.ResponseHeaders} {
		for _, p := range params {
			if err := f(p.Shape); err != nil {
				return err
			}
		}
	}
	for _, body := range []*Body{w.Request, w.Response} {
		if body != nil {
			if err := f(body.Shape); err != nil {
				return err
			}
			for _, action := range body.Actions {
				if err := f(action.Shape); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
