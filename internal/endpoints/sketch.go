package endpoints

import (
	"strings"

	"akita/internal/judgement"
	"akita/internal/shape"
)

// sketchOf sketches what a draft shows at and below p for the judgement.
func sketchOf(text string, p *place) *judgement.Sketch {
	s := judgement.New(text, p.echoes)
	for method, op := range p.ops {
		s.AddOperation(method, op.sum().sketch())
	}
	for text, child := range p.literals {
		s.AddWord(sketchOf(text, child))
	}
	for suffix, child := range p.params {
		s.AddIDs(suffix, sketchOf("{}"+suffix, child), &child.arg)
	}
	return s
}

// sketch sketches what was called.
func (f *facts) sketch() *judgement.Operation {
	if f.sketched == nil {
		f.sketched = sketchOperation(f)
	}
	return f.sketched
}

func sketchOperation(op *facts) *judgement.Operation {
	same := op.Responses[notModified]
	calls := judgement.Calls{
		Count:  op.Calls(),
		Served: op.Accepted.Count > 0 && (same == nil || op.Accepted.Count > same.Count) || isRefusedForItself(op),
		Found:  !isUnmatched(op.Operation, false),
		Answer: op.answer(),
	}
	for status, r := range op.Responses {
		if status/100 != 2 {
			continue
		}
		for mediaType, b := range r.Bodies {
			if b.Shape != nil && b.Shape.Objs+b.Shape.Arrs > 0 {
				calls.Good += b.Count
			}
			calls.Files = calls.Files || isFile(mediaType)
		}
	}
	calls.Asked = askedOf(op)
	return judgement.NewOperation(calls)
}

// isRefusedForItself reports whether a call was refused for what it asked for, by the status 409 or 422.
// Only an application that knows the path does so; a firewall answers other statuses for any path.
func isRefusedForItself(op *facts) bool {
	return op.Responses[409] != nil || op.Responses[422] != nil
}

// isFile reports whether a media type is neither JSON nor a page.
func isFile(mediaType string) bool {
	return mediaType != "" && !strings.Contains(mediaType, "html") && !strings.Contains(mediaType, "json")
}

// askedOf returns the names of query parameters, with a question mark, and of members of the body.
func askedOf(op *facts) []string {
	var asked []string
	request := op.Request()
	for name := range request.Query.ByName {
		asked = append(asked, "?"+name)
	}
	for _, b := range request.Bodies {
		if b.Shape != nil && b.Shape.Object != nil {
			asked = appendFields(asked, b.Shape.Object)
		}
	}
	return asked
}

func appendFields(to []string, o *shape.Object) []string {
	for _, f := range o.Fields {
		to = append(to, f.Name)
	}
	return to
}
