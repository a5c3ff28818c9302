package endpoints

import (
	"slices"
	"testing"

	"github.com/go-json-experiment/json"
)

func TestHostsAreInOrder(t *testing.T) {
	t.Parallel()
	want := []Host{
		{Name: "b.test", API: 1, Requests: 9},
		{Name: "a.test", API: 1, Requests: 2},
		{Name: "c.test", API: 2, Requests: 20},
		{Name: "files.test", Browser: 9},
		{Name: "icons.test", Browser: 1},
		{Name: "pages.test", Browser: 1},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, Host.compare)
	if !slices.Equal(got, want) {
		t.Errorf("the order is %+v, want %+v", got, want)
	}
}

func TestRowIsEncodedAsItsSummary(t *testing.T) {
	t.Parallel()
	s := Summary{ID: "a", Method: "GET", Hosts: []string{"a.test"}, Statuses: map[string]uint64{"404": 1, "200": 2}}
	want, err := json.Marshal(s, json.Deterministic(true))
	if err != nil {
		t.Fatal(err)
	}
	row := newRow(s)
	o := Overview{
		Unread: map[string]uint64{"not-json": 1}, Facets: Facets{Hosts: map[string]int{`"endpoints":[`: 1}},
		Endpoints: []*Row{row, newRow(Summary{ID: "b"})},
	}
	for _, rows := range [][]*Row{o.Endpoints, o.Endpoints[:1], {}} {
		o.Endpoints = rows
		want, err := json.Marshal(o, json.Deterministic(true))
		if got, e := o.JSON(); err != nil || e != nil || string(got) != string(want) {
			t.Errorf("an overview of %d rows is\n%s (%v), want\n%s (%v)", len(rows), got, e, want, err)
		}
	}
	for range 2 {
		if got, err := json.Marshal([]*Row{row}); err != nil || string(got) != "["+string(want)+"]" {
			t.Fatalf("a list of the row is %s (%v), want the summary %s", got, err, want)
		}
	}
}
