package apimodel

import (
	"testing"

	"akita/internal/witness"
)

// Rejected calls describe an operation only as long as none was accepted.
func TestRequest(t *testing.T) {
	t.Parallel()
	call := func(status int, auth witness.AuthType) *witness.Witness {
		return &witness.Witness{Method: "GET", Status: status, Auth: []witness.Auth{{Type: auth}}}
	}
	op := NewOperation()
	op.add(call(401, witness.AuthBasic))
	if op.Request() != &op.Rejected || len(op.Authentication()) != 1 {
		t.Error("the rejected call does not describe the operation")
	}
	op.add(call(200, witness.AuthBearer))
	if op.Request() != &op.Accepted || op.Authentication()[authKey([]witness.Auth{{Type: witness.AuthBearer}})] != 1 {
		t.Error("the accepted call does not describe the operation")
	}
	clone := op.Clone()
	clone.add(call(200, witness.AuthBearer))
	if op.Calls() != 2 || clone.Calls() != 3 || len(clone.Responses) != 2 {
		t.Errorf("the operation has %d calls, and its clone %d", op.Calls(), clone.Calls())
	}
}

// A set that exceeds its cap is forgotten as a whole.
func TestCapsOfAnOperation(t *testing.T) {
	t.Parallel()
	op := NewOperation()
	name := func(i int) string { return string(rune('a'+i%26)) + string(rune('a'+i/26)) }
	for i := range maxParams + 1 {
		op.add(&witness.Witness{
			Method: "GET", Status: 200, View: name(i),
			Query:    []witness.Param{{Name: name(i)}},
			Response: &witness.Body{MediaType: "application/" + name(i%(maxMediaTypes+1))},
		})
	}
	query, bodies := op.Accepted.Query, op.Responses[200].Bodies
	if !query.Many || query.ByName != nil {
		t.Errorf("%d parameters are kept", len(query.ByName))
	}
	if len(bodies) != 1 || bodies[Many].Count != maxParams+1 {
		t.Errorf("%d media types are kept", len(bodies))
	}
	if len(op.Views) != 1 || op.Views[Many] != maxParams+1 {
		t.Errorf("%d views are kept", len(op.Views))
	}
}
