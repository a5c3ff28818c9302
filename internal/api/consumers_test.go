package api

import (
	"context"
	"net/http"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har/hartest"
	"akita/internal/ingest"
	"akita/internal/witness"
)

// consumedAPI implements Models with calls of two consumers.
type consumedAPI struct{ oneEndpoint }

func (consumedAPI) Endpoints(context.Context, ingest.Scope) (*endpoints.Set, error) {
	m := apimodel.New()
	for _, c := range []struct {
		consumer, version, body string
		status                  int
	}{
		{"mobile app/ios", "3.2", `{"sku":"a","lines":[{"qty":1}]}`, 201},
		{"mobile app/ios", "3.1", `{}`, 400},
		{"job", "", `{"sku":"a"}`, 201},
	} {
		e := hartest.Call("/orders/?notify=1", c.status, "", hartest.Routed("orders/"), hartest.By(c.consumer, c.version),
			hartest.Sends(c.body))
		w := witness.FromEntry(&e, witness.Options{})
		m.Add(&w)
	}
	return endpoints.Infer(m), nil
}

func (m consumedAPI) Recent(ctx context.Context, of ingest.Scope, _ time.Duration) (*endpoints.Set, string, error) {
	set, err := m.Endpoints(ctx, of)
	return set, "1", err
}

func TestListOfConsumers(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.models = consumedAPI{}
	project, user := f.project("demo"), f.user()

	const app = `"name":"mobile app/ios","kind":"named","versions":["3.1","3.2"],"requests":2,"errors":1,` +
		`"statuses":{"201":1,"400":1},"first_seen":"2026-01-05T09:00:00Z","last_seen":"2026-01-05T09:00:00Z","endpoints":1`
	user.get(project + "/consumers").want(http.StatusOK).wantBody(`{"items":[{` + app + `},` +
		`{"name":"job","kind":"named","versions":[],"requests":1,"errors":0,"statuses":{"201":1},` +
		`"first_seen":"2026-01-05T09:00:00Z","last_seen":"2026-01-05T09:00:00Z","endpoints":1}]}`)

	id := ""
	set, err := consumedAPI{}.Endpoints(t.Context(), ingest.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	for e := range set.Matching(endpoints.Filter{}) {
		id = e.ID()
	}
	user.get(project + "/consumers/mobile%20app%2Fios").want(http.StatusOK).wantBody(`{` + app + `,"operations":[{` +
		`"id":"` + id + `","method":"POST","host":"a.test","path":"/orders/","versions":["3.1","3.2"],"requests":2,"errors":1,` +
		`"statuses":{"201":1,"400":1},"first_seen":"2026-01-05T09:00:00Z","last_seen":"2026-01-05T09:00:00Z",` +
		`"parameters":[{"in":"query","name":"notify"}],"request_fields":[` +
		`{"media_type":"application/json","path":"lines"},{"media_type":"application/json","path":"lines[].qty"},` +
		`{"media_type":"application/json","path":"sku"}]}]}`)
	user.get(project+"/consumers/nobody").wantProblem(codeConsumerNotFound, "list of consumers")
	user.get(project+"/consumers?from=x").wantProblem(codeInvalidRequest, "from")
}
