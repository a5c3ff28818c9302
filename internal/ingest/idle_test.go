package ingest

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/witness"
)

func TestIdleTraces(t *testing.T) {
	t.Parallel()
	type positions = map[string]int64
	idle := newIdleTraces()
	for _, step := range []struct {
		now    positions // a trace at position n has n witnesses
		loaded []string
	}{
		{positions{"a": 1, "b": 2}, []string{"a", "b"}},
		{positions{"a": 1, "b": 3}, []string{"a", "b"}},                   // a becomes idle
		{positions{"a": 1, "b": 4}, []string{"b"}},                        // b grows
		{positions{"a": 1, "b": 5, "c": 6}, []string{"b", "c"}},           // c is new
		{positions{"a": 1, "b": 5, "c": 7}, []string{"b", "c"}},           // b becomes idle
		{positions{"a": 1, "b": 5, "c": 8}, []string{"c"}},                //
		{positions{"a": 9, "b": 5, "c": 8}, []string{"a", "b", "c"}},      // a grows again
		{positions{"a": 10, "b": 5, "c": 8}, []string{"a"}},               // b and c are idle
		{positions{"a": 10, "b": 5, "c": 8, "d": 11}, []string{"a", "d"}}, // a becomes idle
		{positions{"a": 10, "c": 8, "d": 11}, []string{"a", "c", "d"}},    // b is gone
	} {
		var loaded []string
		var want uint64
		for _, n := range step.now {
			want += uint64(n)
		}
		merged, err := idle.merge(step.now, func(traceID string) (weighed, error) {
			loaded = append(loaded, traceID)
			one := apimodel.New()
			for range step.now[traceID] {
				one.Add(&witness.Witness{Method: "GET", Template: "/" + traceID, Status: 200})
			}
			return weighed{one, step.now[traceID]}, nil
		})
		m := merged.model
		slices.Sort(loaded)
		if err != nil || m.Witnesses() != want || !slices.Equal(loaded, step.loaded) {
			t.Errorf("%v: %d witnesses, loaded %v, %v; want %d, %v",
				step.now, m.Witnesses(), loaded, err, want, step.loaded)
		}
		if size := merged.heapBytes - 2*emptyBytes; size != int64(want) {
			t.Errorf("%v: %d bytes, want %d", step.now, size, want)
		}
		m.Add(&witness.Witness{Method: "GET", Template: "/", Status: 200}) // the model belongs to the caller
	}
}

func TestIdleTracesAfterAnError(t *testing.T) {
	t.Parallel()
	idle := newIdleTraces()
	broken := errors.New("broken")
	now := map[string]int64{"a": 1, "b": 1, "c": 1}
	for _, failing := range []string{"", "b", "c", "b", "", ""} {
		m, err := idle.merge(maps.Clone(now), func(traceID string) (weighed, error) {
			one := apimodel.New()
			one.Add(&witness.Witness{Method: "GET", Template: "/" + traceID, Status: 200})
			if traceID == failing {
				return weighed{}, broken
			}
			return weighed{model: one}, nil
		})
		switch {
		case err != nil && !(failing != "" && errors.Is(err, broken)):
			t.Errorf("%q fails: %v", failing, err)
		case err == nil && m.model.Witnesses() != 3:
			t.Errorf("%d witnesses, want 3", m.model.Witnesses())
		}
	}
}

func TestIdleTracesAfterAPanic(t *testing.T) {
	t.Parallel()
	idle := newIdleTraces()
	one := apimodel.New()
	one.Add(&witness.Witness{Method: "GET", Template: "/", Status: 200})
	now := map[string]int64{"a": 1, "b": 1}
	merge := func(model *apimodel.Model) (m weighed, err error) {
		err = guard(func() (err error) {
			m, err = idle.merge(now, func(string) (weighed, error) { return weighed{model: model}, nil })
			return err
		})
		return m, err
	}
	for i, model := range []*apimodel.Model{one, nil, one} { // merging nil panics
		m, err := merge(model)
		if (err != nil) != (model == nil) || idle.valid(now) == (model == nil) {
			t.Fatalf("merge %d: %v; merged %v", i, err, idle.merged)
		}
		if err == nil && m.model.Witnesses() != 2 {
			t.Errorf("merge %d: %d witnesses, want 2", i, m.model.Witnesses())
		}
	}
	if len(idle.merged) != 2 {
		t.Errorf("merged %v, want both traces", idle.merged)
	}
}
