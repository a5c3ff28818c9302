package apimodel_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/shape"
	"akita/internal/witness"
)

// callsOfApp are calls of 12 operations, each by every one of some consumers.
func callsOfApp(t *testing.T, consumers int) []witness.Witness {
	t.Helper()
	s, err := shape.OfJSON(`{"id":1,"name":"a","email":"a@b.test","tags":["x"],"address":{"street":"x","city":"y"},`+
		`"items":[{"sku":"a","qty":1,"price":2.5}],"created":"2026-01-05T09:00:00Z","note":null}`, shape.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var calls []witness.Witness
	for i := range 4800 {
		w := witness.Witness{
			Method: "POST", Template: fmt.Sprintf("/things/%d/", i%12), Status: 200, LatencyMs: float64(5 + i%200),
			Start:   time.Date(2026, 1, 5, 9, 0, i/2, 0, time.UTC),
			Query:   []witness.Param{{Name: "page", Shape: &shape.Shape{Ints: 1}}},
			Request: &witness.Body{MediaType: "application/json", Shape: s}, Response: &witness.Body{MediaType: "application/json", Shape: s},
		}
		if i%40 == 7 {
			w.Status = 404
		}
		if consumers > 0 {
			w.Consumer = witness.Consumer{Name: fmt.Sprintf("consumer-%d", i/12%consumers), Version: "2.1"}
		}
		calls = append(calls, w)
	}
	return calls
}

func TestConsumersTakeLittleSpace(t *testing.T) {
	t.Parallel()
	without, with := len(render(t, modelOf(callsOfApp(t, 0)))), len(render(t, modelOf(callsOfApp(t, 20))))
	if added := with - without; added > 1100 {
		t.Errorf("20 consumers of 12 operations take %d bytes, of %d", added, with)
	}
}

func TestBadConsumers(t *testing.T) {
	t.Parallel()
	kept := []byte(render(t, modelOf([]witness.Witness{{
		Method: "GET", Template: "/a", Status: 200, Consumer: witness.Consumer{Name: "app", Version: "1.0"},
	}})))
	for name, bad := range map[string][]byte{
		"a name that is no label": bytes.Replace(kept, []byte("app"), []byte("a@b"), 1),
		"a version that is none":  bytes.Replace(kept, []byte("1.0"), []byte("1 0"), 1),
		"more calls than there are": append(bytes.Clone(kept[:len(kept)-2]), 2,
			0b010_01000, 0),
		"bits that are left": append(bytes.Clone(kept[:len(kept)-2]), 3, kept[len(kept)-1], 0, 0),
		"no bits":            append(bytes.Clone(kept[:len(kept)-2]), 0),
	} {
		if _, err := apimodel.Unmarshal(bad); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if _, err := apimodel.Unmarshal(kept); err != nil {
		t.Error(err)
	}
}
