package shape_test

import (
	"testing"

	"github.com/go-json-experiment/json"
	"pgregory.net/rapid"

	"akita/internal/shape"
)

func TestCodecRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := encode(t, merge(draw(t), draw(t), draw(t)))
		var s shape.Shape
		if err := json.Unmarshal([]byte(want), &s); err != nil {
			t.Fatal(err)
		}
		if got := encode(t, &s); got != want {
			t.Fatalf("read back %s, want %s", got, want)
		}
	})
}

func TestUnmarshalReports(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{`null`: true, `{"str":1}`: true, `{"str":-1}`: false, `7`: false} {
		s := shape.Shape{Bools: 1}
		if err := json.Unmarshal([]byte(text), &s); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
		if s.Bools != 0 {
			t.Errorf("%s leaves what was there before", text)
		}
	}
}
