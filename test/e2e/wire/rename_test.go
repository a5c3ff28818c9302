package wire_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"akita/test/accuracy/apis"
	"akita/test/accuracy/rename"
	"akita/test/accuracy/suite"
)

// TestWhatLeavesDoesNotDependOnNames sends the calls of each API to two daemons: as they are, and
// with other names for all data. What the second one uploads is what the first one does, with
// these names.
func TestWhatLeavesDoesNotDependOnNames(t *testing.T) {
	t.Parallel()
	const calls = 60
	original, renamed := startLeakTest(t), startLeakTest(t)
	different, all := 0, 0
	for _, api := range apis.All() {
		data, err := suite.Make(api, calls, suite.Seed)
		check(t, err)
		r, err := data.Renamer(1)
		check(t, err)
		want := canonical(t, original.upload(data.Traffic, rename.Identity()), r)
		got := canonical(t, renamed.upload(data.Traffic, r), rename.Identity())
		if len(want) != len(got) {
			t.Fatalf("%s: %d and %d witnesses left", api.Name, len(want), len(got))
		}
		for i := range want {
			if want[i] != got[i] {
				t.Logf("%s: with other names leaves\n%s\nin place of\n%s", api.Name, got[i], want[i])
				different++
			}
		}
		all += len(want)
	}
	if different > 0 {
		t.Errorf("%d of %d witnesses differ", different, all)
	}
}

// upload sends renamed calls, and returns what the daemon uploads of them.
func (l *leakTest) upload(traffic []byte, r *rename.Renamer) [][]byte {
	l.t.Helper()
	entries, err := r.Entries(traffic)
	check(l.t, err)
	var batch []any
	for line := range bytes.Lines(entries) {
		batch = append(batch, json.RawMessage(line))
	}
	l.send(batch...)
	l.waitForModel(l.sent)
	return l.tap.Witnesses()
}

// canonical renames witnesses and writes them in an order that does not depend on names.
func canonical(t *testing.T, witnesses [][]byte, r *rename.Renamer) []string {
	t.Helper()
	var all []string
	for _, witness := range witnesses {
		var value any
		check(t, json.Unmarshal([]byte(r.JSON(string(witness))), &value))
		text, err := json.Marshal(sortLists(value))
		check(t, err)
		all = append(all, string(text))
	}
	slices.Sort(all)
	return all
}

// sortLists sorts lists, and the lines of strings.
func sortLists(value any) any {
	switch value := value.(type) {
	case string:
		lines := strings.Split(value, "\n")
		slices.Sort(lines)
		return strings.Join(lines, "\n")
	case []any:
		texts := make(map[string]any)
		var order []string
		for _, item := range value {
			sorted := sortLists(item)
			text, _ := json.Marshal(sorted) //nolint:errchkjson // it was decoded from JSON
			texts[string(text)] = sorted
			order = append(order, string(text))
		}
		slices.Sort(order)
		for i, text := range order {
			value[i] = texts[text]
		}
	case map[string]any:
		for name, member := range value {
			value[name] = sortLists(member)
		}
	}
	return value
}
