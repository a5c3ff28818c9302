package rename_test

import (
	"bytes"
	"fmt"
	"testing"

	"akita/test/accuracy/rename"
)

// There are 24 numbers from 1000 to 1023: each becomes another of them, as others have more bits.
func TestScarceNumbersAreShuffled(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		var entries bytes.Buffer
		for n := range 24 {
			entries.Write(entry(fmt.Sprint(1000 + n)))
		}
		entries.Write(entry("order-1007"))
		r, err := rename.New(one(), entries.Bytes(), rename.Invented, seed)
		if err != nil {
			t.Fatal(err)
		}
		images := make(map[string]bool)
		for n := range 24 {
			images[r.Text(fmt.Sprint(1000+n))] = true
		}
		if len(images) != 24 {
			t.Errorf("24 numbers became %d", len(images))
		}
		if got, number := r.Text("order-1007"), r.Text("1007"); got[len(got)-4:] != number {
			t.Errorf("1007 became %s and order-1007 became %s", number, got)
		}
	}
}
