package endpoints

import (
	"maps"
	"slices"
	"strconv"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/shape"
	"akita/internal/witness"
)

// sampled returns the endpoints of calls, each of its own path.
func sampled(calls ...witness.Witness) []*Endpoint {
	m := apimodel.New()
	for i := range calls {
		calls[i].Method, calls[i].Template, calls[i].Status = "GET", "/"+strconv.Itoa(i), 200
		m.Add(&calls[i])
	}
	return slices.Collect(Infer(m).Matching(Filter{}))
}

func TestHabitualHeaders(t *testing.T) {
	t.Parallel()
	with := func(names ...string) (w witness.Witness) {
		slices.Sort(names)
		for _, name := range names {
			w.Headers = append(w.Headers, witness.Param{Name: name, Shape: &shape.Shape{Strs: 1}})
		}
		return w
	}
	family := []string{"x-acme-lang", "x-acme-os", "x-acme-version"}
	all := with(family...)
	for name, c := range map[string]struct {
		calls []witness.Witness
		want  []string
	}{
		"a family in most operations":                  {[]witness.Witness{all, all, all, with()}, family},
		"a family in half of them":                     {[]witness.Witness{all, all, all, with(), with(), with()}, nil},
		"a family in two operations":                   {[]witness.Witness{all, all}, nil},
		"a family of two":                              {[]witness.Witness{with(family[:2]...), with(family[:2]...), with(family[:2]...)}, nil},
		"a family that does not always occur together": {[]witness.Witness{all, all, all}, nil},
		"names that describe no client":                {slices.Repeat([]witness.Witness{with("x-a-id", "x-a-plan", "x-a-zone")}, 3), nil},
		"a part of a family":                           {[]witness.Witness{all, all, all, with(family[:2]...)}, family},
	} {
		endpoints := sampled(c.calls...)
		if name == "a family that does not always occur together" {
			calls := endpoints[2].Calls.Clone()
			calls.Accepted.Headers.ByName[family[0]].Count++
			endpoints[2] = &Endpoint{Calls: calls}
		}
		got := slices.Sorted(maps.Keys(newHabits(endpoints).headers))
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Browsers send cookies along with every call. So an operation does not need a cookie if another
// credential was accepted without it.
func TestRequirements(t *testing.T) {
	t.Parallel()
	bearer := witness.Auth{Type: witness.AuthBearer}
	jwt := witness.Auth{Type: witness.AuthBearer, Format: "JWT"}
	session := witness.Auth{Type: witness.AuthCookie, In: "cookie", Name: "sid"}
	by := func(auths ...witness.Auth) witness.Witness { return witness.Witness{Auth: auths} }
	for name, c := range map[string]struct {
		calls []witness.Witness
		want  [][]witness.Auth // of the first endpoint
	}{
		"none":                              {[]witness.Witness{by()}, nil},
		"a token":                           {[]witness.Witness{by(bearer)}, [][]witness.Auth{{bearer}}},
		"a cookie":                          {[]witness.Witness{by(session), by(bearer)}, [][]witness.Auth{{session}}},
		"both, never apart":                 {[]witness.Witness{by(bearer, session)}, [][]witness.Auth{{bearer, session}}},
		"both, the token alone elsewhere":   {[]witness.Witness{by(bearer, session), by(bearer)}, [][]witness.Auth{{bearer}}},
		"both, another form of token alone": {[]witness.Witness{by(bearer, session), by(jwt)}, [][]witness.Auth{{bearer}}},
		"both, the cookie alone elsewhere":  {[]witness.Witness{by(bearer, session), by(session)}, [][]witness.Auth{{bearer, session}}},
	} {
		if got := sampled(c.calls...)[0].Requirements(); !slices.EqualFunc(got, c.want, slices.Equal) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestRequirementsWithOpenCalls(t *testing.T) {
	t.Parallel()
	m := apimodel.New()
	for _, auths := range [][]witness.Auth{nil, {{Type: witness.AuthBasic}}} {
		m.Add(&witness.Witness{Method: "GET", Template: "/", Status: 200, Auth: auths})
	}
	for e := range Infer(m).Matching(Filter{}) {
		if got := e.Requirements(); len(got) != 2 || len(got[0]) != 1 || len(got[1]) != 0 {
			t.Errorf("got %v, want basic or nothing", got)
		}
	}
}
