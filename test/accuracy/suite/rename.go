package suite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"akita/test/accuracy/recorded"
	"akita/test/accuracy/rename"
	"akita/test/accuracy/truth"
)

// Renamings is the number of renamings that each case is scored under.
const Renamings = 3

// Rename returns the data of an API with other names: renaming number i, from 0.
func (d *Data) Rename(i int) (*Data, error) {
	r, err := d.Renamer(i)
	if err != nil {
		return nil, err
	}
	entries, err := r.Entries(d.Traffic)
	if err != nil {
		return nil, err
	}
	renamed, err := renameTruth(r, d.Truth)
	return &Data{entries, renamed}, err
}

// Renamer returns renaming number i of the API's traffic.
func (d *Data) Renamer(i int) (*rename.Renamer, error) {
	api := rename.API{Code: code(d.Truth)}
	for _, op := range d.Truth.Operations {
		api.Templates = append(api.Templates, rename.Template{Method: op.Method, Path: op.Template})
	}
	keys, err := mapKeys(d.Truth, d.Traffic)
	if err != nil {
		return nil, err
	}
	api.Data = keys
	return rename.New(api, d.Traffic, rename.AllWords[i%len(rename.AllWords)], Seed+uint64(i))
}

// RenameRecording returns the traffic of a recording with other names: renaming number i.
func RenameRecording(r *recorded.Recording, i int) ([]byte, error) {
	renamer, err := RenamerOf(r, i)
	if err != nil {
		return nil, err
	}
	return renamer.Entries(r.Traffic)
}

// RenamerOf returns renaming number i of a recording. Data are the path parameters of the
// published operations.
func RenamerOf(r *recorded.Recording, i int) (*rename.Renamer, error) {
	api := rename.API{Code: r.Truth.Words()}
	for _, op := range r.Truth.Templates() {
		api.Templates = append(api.Templates, rename.Template{Method: op.Method, Path: op.Path, Tail: op.Tail})
	}
	return rename.New(api, r.Traffic, rename.AllWords[i%len(rename.AllWords)], Seed+uint64(i))
}

var braces = regexp.MustCompile(`\{[^{}]*\}`)

// code returns the API's own words: the literals of paths, the names of fields and parameters,
// and the members of enums.
func code(t *truth.Truth) []string {
	words := make(map[string]bool)
	params := func(list []truth.Param) {
		for _, p := range list {
			words[p.Name] = true
			nodeCode(words, p.Node)
		}
	}
	for _, op := range t.Operations {
		for segment := range strings.SplitSeq(braces.ReplaceAllString(op.Template, "/"), "/") {
			words[strings.Trim(segment, ".:")] = true
			words[segment] = true
		}
		for _, p := range op.Path {
			nodeCode(words, p.Node)
		}
		params(op.Query)
		params(op.Header)
		params(op.Cookie)
		for _, n := range op.Request {
			nodeCode(words, n)
		}
		for _, bodies := range op.Responses {
			for _, n := range bodies {
				nodeCode(words, n)
			}
		}
		for _, returned := range op.Returned {
			params(returned)
		}
	}
	return slices.Sorted(maps.Keys(words))
}

func nodeCode(words map[string]bool, n *truth.Node) {
	if n == nil {
		return
	}
	if n.Enum != nil {
		for _, member := range n.Enum.Members {
			words[member] = true
		}
	}
	for name, field := range n.Fields {
		words[name] = true
		nodeCode(words, field.Node)
	}
	nodeCode(words, n.Entry)
	nodeCode(words, n.Items)
}

// hasMaps reports whether a body of the operation has a map.
func hasMaps(op *truth.Operation) bool {
	for _, n := range op.Request {
		if nodeHasMaps(n) {
			return true
		}
	}
	for _, bodies := range op.Responses {
		for _, n := range bodies {
			if nodeHasMaps(n) {
				return true
			}
		}
	}
	return false
}

func nodeHasMaps(n *truth.Node) bool {
	if n == nil {
		return false
	}
	for _, field := range n.Fields {
		if nodeHasMaps(field.Node) {
			return true
		}
	}
	return n.Entry != nil || nodeHasMaps(n.Items)
}

// mapKeys returns the keys of the maps in bodies.
func mapKeys(t *truth.Truth, entries []byte) ([]string, error) {
	var withMaps []*truth.Operation
	for _, op := range t.Operations {
		if hasMaps(op) {
			withMaps = append(withMaps, op)
		}
	}
	type body struct{ MimeType, Text string }
	keys := make(map[string]bool)
	n := 0
	for line := range bytes.Lines(entries) {
		var entry struct {
			Request struct {
				Method, URL string
				PostData    body
			}
			Response struct {
				Status  int
				Content body
			}
		}
		if err := json.Unmarshal(line, &entry); err != nil {
			return nil, fmt.Errorf("entry %d: %w", n, err)
		}
		n++
		for _, op := range withMaps {
			if op.Method != strings.ToLower(entry.Request.Method) {
				continue
			}
			answers := op.Responses[strconv.Itoa(entry.Response.Status)]
			keysOf(keys, op.Request[mediaType(entry.Request.PostData.MimeType)], entry.Request.PostData.Text)
			keysOf(keys, answers[mediaType(entry.Response.Content.MimeType)], entry.Response.Content.Text)
		}
	}
	return slices.Sorted(maps.Keys(keys)), nil
}

func mediaType(declared string) string {
	parsed, _, err := mime.ParseMediaType(declared)
	if err != nil {
		return declared
	}
	return parsed
}

// keysOf adds the keys of the maps in a JSON text, or in the JSON texts of its lines.
func keysOf(keys map[string]bool, n *truth.Node, text string) {
	if n == nil || text == "" {
		return
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	for {
		var value any
		if decoder.Decode(&value) != nil {
			return
		}
		nodeKeys(keys, n, value)
	}
}

func nodeKeys(keys map[string]bool, n *truth.Node, value any) {
	if n == nil {
		return
	}
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			nodeKeys(keys, n.Items, item)
		}
	case map[string]any:
		for key, member := range value {
			if field, ok := n.Fields[key]; ok {
				nodeKeys(keys, field.Node, member)
			} else if n.Entry != nil {
				keys[key] = true
				nodeKeys(keys, n.Entry, member)
			}
		}
	}
}

// renameTruth returns the truth about the renamed traffic.
func renameTruth(r *rename.Renamer, t *truth.Truth) (*truth.Truth, error) {
	text, err := json.Marshal(t)
	if err != nil {
		return nil, fmt.Errorf("copy truth: %w", err)
	}
	renamed := new(truth.Truth)
	if err := json.Unmarshal(text, renamed); err != nil {
		return nil, fmt.Errorf("copy truth: %w", err)
	}
	for i, canary := range renamed.Canaries {
		renamed.Canaries[i] = r.Value(canary)
	}
	for _, op := range renamed.Operations {
		for i, sample := range op.Samples {
			op.Samples[i] = r.Path(op.Method, sample)
		}
		for i := range op.Path {
			for j, literal := range op.Path[i].Literals {
				op.Path[i].Literals[j] = r.Text(literal)
			}
		}
	}
	return renamed, nil
}
