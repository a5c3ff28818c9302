package compare

import (
	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/witness"
)

// Change is what a document has to say so that a finding vanishes. Which members are set follows from the
// kind and the subject of the finding.
type Change struct {
	At        string                // JSONPath of the object that is to be changed; "" in another file
	In, Name  string                // of a parameter, a header or a field
	Value     string                // a type or a member of an enum
	Schema    *declared.Schema      // what is to be changed
	Key       facts.Key             // the place of a field or a value
	Operation *declared.Operation   // nil for one that is not declared
	Auths     []witness.Auth        // credentials to accept
	Endpoints []*endpoints.Endpoint // what calls show of the operation
	IsPath    bool                  // the document has the path
}
