package suite_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"akita/test/accuracy/apis"
	"akita/test/accuracy/score"
	"akita/test/accuracy/suite"
)

const data = "../../../testdata/accuracy"

// What an ideal reader would write gets full marks: the truth asks for nothing that a
// document cannot say.
func TestIdealDocumentIsPerfect(t *testing.T) {
	t.Parallel()
	for _, api := range apis.All() {
		for _, n := range []int{20, 300} {
			t.Run(fmt.Sprint(api.Name, n), func(t *testing.T) {
				t.Parallel()
				made, err := suite.Make(api, n, 7)
				if err != nil {
					t.Fatal(err)
				}
				doc, err := ideal(made.Truth)
				if err != nil {
					t.Fatal(err)
				}
				result, err := score.Document(doc, made.Truth, true)
				if err != nil {
					t.Fatal(err)
				}
				for _, miss := range result.Misses {
					t.Error(miss)
				}
				if overall := result.Overall(); overall != 1 {
					t.Errorf("overall is %v, want 1", overall)
				}
			})
		}
	}
}

// The kept files are what the descriptions of the APIs make: `go run ./test/accuracy
// -generate` writes them anew.
func TestKeptDataIsUpToDate(t *testing.T) {
	t.Parallel()
	for _, api := range apis.All() {
		t.Run(api.Name, func(t *testing.T) {
			t.Parallel()
			made, err := suite.Make(api, suite.Kept, suite.Seed)
			if err != nil {
				t.Fatal(err)
			}
			kept, err := suite.Load(data, api.Name)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(kept.Traffic, made.Traffic) {
				t.Error("the kept traffic is not what the description makes")
			}
			if got, want := text(t, kept.Truth), text(t, made.Truth); got != want {
				t.Error("the kept truth is not what the traffic makes knowable")
			}
		})
	}
}

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Every operation is there as soon as there is room for all, and answered as it should be.
func TestEveryOperationIsCalled(t *testing.T) {
	t.Parallel()
	for _, api := range apis.All() {
		made, err := suite.Make(api, len(api.Operations), suite.Seed)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(made.Truth.Operations); got != len(api.Operations) {
			t.Errorf("%s: %d operations were called, want %d", api.Name, got, len(api.Operations))
		}
	}
}
