package upload

import (
	"fmt"
	"slices"
	"testing"

	"akita/internal/agent/spool"
	"akita/internal/delta"
	"akita/internal/witness"
)

// bundle returns a bundle of some calls of a trace.
func (f *folder) bundle(id, trace string, lines string, count int) *spool.Bundle {
	return &spool.Bundle{
		ID: id, ProjectID: "svc_p", TraceID: trace, Count: count, Payload: f.encoder.EncodeAll([]byte(lines), nil),
	}
}

func (p *parcel) ids() (ids []string) {
	for _, b := range p.bundles {
		ids = append(ids, b.ID)
	}
	return ids
}

func TestParcels(t *testing.T) {
	t.Parallel()
	const get = `{"method":"GET","template":"/a"}` + "\n"
	f := newFolder()
	parcels := f.pack([]*spool.Bundle{
		f.bundle("1", "a", get+get, 2),
		f.bundle("2", "b", get, 1),
		f.bundle("3", "a", get+"{}\n", 2),
		{ID: "4", ProjectID: "svc_p", TraceID: "c", Count: 7, Payload: []byte("no zstd")},
		f.bundle("5", "a", get, 1),
	})
	var got []string
	for _, p := range parcels {
		calls := "?"
		if p.folded {
			body, err := f.decoder.DecodeAll(p.payload, nil)
			if err != nil {
				t.Fatal(err)
			}
			sum, err := delta.Decode(body)
			if err != nil {
				t.Fatal(err)
			}
			calls = fmt.Sprint(sum.Calls())
		}
		got = append(got, fmt.Sprintf("%v: %s of %d", p.ids(), calls, p.witnesses()))
	}
	want := []string{"[1 5]: 3 of 3", "[2]: 1 of 1", "[3]: ? of 2", "[4]: ? of 7"}
	if !slices.Equal(got, want) {
		t.Errorf("parcels are %q, want %q", got, want)
	}
	sent := parcels[0].upload()
	if sent.ID != "1" || !slices.Equal(sent.With, []string{"5"}) || sent.Trace != "a" || sent.MediaType != delta.MediaType {
		t.Errorf("sent is %+v", sent)
	}
	if sent := parcels[2].upload(); sent.ID != "3" || len(sent.With) > 0 || sent.MediaType != witness.MediaType {
		t.Errorf("sent is %+v", sent)
	}
	if taken := parcels[0].take([]string{"1", "2"}); !slices.Equal(taken.ids(), []string{"1"}) {
		t.Errorf("taken is %v", taken.ids())
	}
	if left := parcels[0].ids(); !slices.Equal(left, []string{"5"}) {
		t.Errorf("left is %v", left)
	}
}

// A server that does not know deltas gets lines.
func TestPlainParcelsAreLines(t *testing.T) {
	t.Parallel()
	f := newFolder()
	w := witness.Witness{Method: "GET", Template: "/a"}
	line, err := witness.AppendLine(nil, &w)
	if err != nil {
		t.Fatal(err)
	}
	record, err := new(witness.Packer).Append(nil, &w)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range f.plain([]*spool.Bundle{
		f.bundle("1", "a", string(line)+string(record), 2), f.bundle("2", "a", string(record)+string(line), 2),
	}) {
		got, err := f.decoder.DecodeAll(p.payload, nil)
		if want := string(line) + string(line); err != nil || string(got) != want || p.upload().MediaType != witness.MediaType {
			t.Errorf("%v: sent %s as %s, %v; want %s", p.ids(), got, p.upload().MediaType, err, want)
		}
	}
	damaged := &spool.Bundle{ID: "3", Payload: []byte("no zstd")}
	if p := f.plain([]*spool.Bundle{damaged})[0]; string(p.payload) != "no zstd" {
		t.Errorf("a bundle that cannot be read is sent as %q", p.payload)
	}
}
