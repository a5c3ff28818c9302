package compare

import (
	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/witness"
)

// change is what a document has to say so that a finding vanishes.
type change struct {
	at        string           // JSONPath of what is to be changed
	in, name  string           // of a parameter, a header or a field
	value     string           // a type or a member of an enum
	schema    *declared.Schema // what is to be changed
	auths     []witness.Auth   // credentials to accept
	endpoints []*endpoints.Endpoint
	isPath    bool // the document has the path
}
