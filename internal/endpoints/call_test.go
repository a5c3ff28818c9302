package endpoints_test

import (
	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/har/hartest"
	"akita/internal/witness"
)

var (
	call   = hartest.Call
	sends  = hartest.Sends
	header = hartest.RequestHeader
	routed = hartest.Routed
)

func model(entries []har.Entry) *endpoints.Set {
	m := apimodel.New()
	options := witness.Options{Enums: true, Pages: new(witness.Pages)}
	for i := range entries {
		w := witness.FromEntry(&entries[i], options)
		m.Add(&w)
	}
	return endpoints.Infer(m)
}
