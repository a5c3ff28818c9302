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

// The ideal document scores 100 %: the truth requires only what a document can express.
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

// The kept files agree with the descriptions of the APIs. `go run ./test/accuracy -generate`
// writes them again.
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
				t.Error("the kept traffic differs from the description's")
			}
			if got, want := text(t, kept.Truth), text(t, made.Truth); got != want {
				t.Error("the kept truth differs from the traffic's")
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

// Every operation is called, with its first answer, as soon as there are enough calls.
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
