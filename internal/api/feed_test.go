package api

import (
	"context"
	"net/http"
	"slices"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/ingest"
	"akita/internal/shape"
	"akita/internal/store"
	"akita/internal/witness"
)

// evolving implements Models with an endpoint that answers with a new field since some hours.
type evolving struct{ oneEndpoint }

// call returns a call of the endpoint.
func (evolving) call(answer string) witness.Witness {
	s, err := shape.OfJSON(answer, shape.Options{})
	if err != nil {
		panic(err) // the text is JSON
	}
	return witness.Witness{
		Method: "GET", Host: "shop.example", Template: "/orders/{id}/", Status: 200,
		Response: &witness.Body{MediaType: "application/json", Shape: s},
	}
}

func (m evolving) Endpoints(context.Context, ingest.Scope) (*endpoints.Set, error) {
	model, w := apimodel.New(), m.call(`{"id": 1}`)
	model.Add(&w)
	return endpoints.Infer(model), nil
}

func (m evolving) Recent(
	ctx context.Context, of ingest.Scope, _ time.Duration,
) (*endpoints.Set, string, error) {
	set, err := m.Endpoints(ctx, of)
	return set, "1", err
}

// hoursOfFeed is when the field appears, in hours before now.
const hoursOfFeed = 10

func (m evolving) Facts(context.Context, ingest.Scope) (map[apimodel.OperationKey]facts.History, error) {
	r := facts.NewRecord()
	now := int64(store.HourOf(time.Now()))
	for ago := range int64(2 * hoursOfFeed) {
		answer := `{"id": 1}`
		if ago <= hoursOfFeed {
			answer = `{"id": 1, "owner": {"name": "x"}}`
		}
		model, w := apimodel.New(), m.call(answer)
		for range 20 {
			model.Add(&w)
		}
		r.Set(now-ago, 1, facts.Of(model))
	}
	return r.Operations(), nil
}

func TestFeedOfChanges(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.models = evolving{}
	project := f.project("demo")
	var got list[feedEntry]
	f.user().get(project + "/changes").want(http.StatusOK).into(&got)
	if len(got.Items) != 1 {
		t.Fatalf("the changes are %+v, want one", got.Items)
	}
	c := got.Items[0]
	want := fact{Kind: facts.Field, In: "200", MediaType: "application/json", Name: "owner"}
	if c.What != facts.Appeared || c.fact != want || c.Seen != 220 || c.Of != 220 || c.Without != 180 {
		t.Errorf("the change is %+v", c)
	}
	if c.Endpoint.Path != "/orders/{id}/" || time.Since(c.Hour) < hoursOfFeed*time.Hour ||
		time.Since(c.Hour) > (hoursOfFeed+2)*time.Hour {
		t.Errorf("the change is of %+v at %s", c.Endpoint, c.Hour)
	}
	f.user().get(project + "/changes?since=-5h").want(http.StatusOK).into(&got)
	if len(got.Items) != 0 {
		t.Errorf("the changes of the last hours are %+v, want none", got.Items)
	}
	f.user().get(project + "/changes?since=yesterday").want(http.StatusBadRequest)
	f.user().get(project + "/changes?trace=none").want(http.StatusNotFound)

	var dated list[datedFact]
	f.user().get(project + "/model/endpoints/" + c.Endpoint.ID + "/facts").want(http.StatusOK).into(&dated)
	i := slices.IndexFunc(dated.Items, func(d datedFact) bool { return d.fact == want })
	if i < 0 || !dated.Items[i].FirstSeen.Equal(c.Hour) || dated.Items[i].Seen != 220 || dated.Items[i].Of != 400 {
		t.Errorf("the dated facts are %+v", dated.Items)
	}
	for _, d := range dated.Items {
		if (facts.Key{Kind: d.Kind}).IsAuxiliary() {
			t.Errorf("%+v is listed", d)
		}
	}
	f.user().get(project + "/model/endpoints/none/facts").want(http.StatusNotFound)
}
