package routelist

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
)

func TestArrayReadsNoMoreThanShowsThatThereAreTooMany(t *testing.T) {
	t.Parallel()
	var got array[Entry]
	text := "[" + strings.Repeat("{},", 5*MaxRoutes) + "{}]"
	if err := json.Unmarshal([]byte(text), &got); err != nil || len(got) != MaxRoutes+1 {
		t.Errorf("%d elements, error %v", len(got), err)
	}
}

func TestArrayRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`{}`, `null`, `7`, `[`, `[{}`, `[{},`, `[{} {}]`, `[7]`, `[{"method":7}]`} {
		var got array[Entry]
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s is read as %v", text, got)
		}
	}
}
