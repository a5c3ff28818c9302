package toolbox

import (
	"fmt"
	"hash/fnv"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"akita/internal/endpoints"
	"akita/internal/jsonschema"
	"akita/internal/witness"
)

// arguments are what an agent gave to a tool, by name. An absent one is "".
type arguments map[string]string

// maxArgumentBytes bounds the value of an argument.
const maxArgumentBytes = 2000

// property is an argument that tools may take. It means the same in all of them.
type property struct {
	description string
	choices     []string
	pattern     *regexp.Regexp
	must        string // what a value must be that the pattern refuses
}

var properties = map[string]property{
	"project":  {},
	"next":     {description: "From the last answer"},
	"endpoint": {description: "GET /orders/{id}, or its id"},
	"text": {
		description: "Words in the path or in names of fields, parameters, types, formats, media types, views; field:sku " +
			"only looks at fields",
	},
	"method": {},
	"status": {
		description: "404 or 5xx", pattern: regexp.MustCompile(`^[1-5]([0-9]{2}|(?i)xx)$`),
		must: "a code such as 404 or a class such as 5xx",
	},
	"auth": {choices: []string{
		endpoints.NoAuth, string(witness.AuthBasic), string(witness.AuthBearer), string(witness.AuthDigest),
		string(witness.AuthAPIKey), string(witness.AuthCookie), string(witness.AuthOther),
	}},
	"host":      {},
	"sort":      {choices: []string{byCalls, byPath, byRecent}},
	"part":      {choices: []string{partRequest, partResponse}},
	"name":      {description: "Whole name, in any case"},
	"place":     {choices: []string{partRequest, partResponse, partParameter}},
	"kind":      {choices: kindsOfDrift},
	"state":     {choices: listedStates},
	"since":     {description: "-7d or 2026-01-31T14:00:00Z; default -30d"},
	"by":        {choices: []string{failing, slow}},
	"min_calls": {pattern: regexp.MustCompile(`^[0-9]{1,12}$`), must: "a number"},
}

// input returns the JSON Schema of the arguments of a tool.
func (t Tool) input(severalProjects bool) jsonschema.Object {
	var all jsonschema.Object
	names := append(t.known(), "next")
	if severalProjects {
		names = append(names, "project")
	}
	for _, name := range names {
		p := properties[name]
		of := jsonschema.Object{{Key: "type", Value: "string"}}
		if p.description != "" {
			of.Set("description", p.description)
		}
		if p.choices != nil {
			choices := make([]any, len(p.choices))
			for i, choice := range p.choices {
				choices[i] = choice
			}
			of.Set("enum", choices)
		}
		all.Set(name, of)
	}
	input := jsonschema.Object{{Key: "type", Value: "object"}, {Key: "properties", Value: all}}
	if len(t.needs) > 0 {
		required := make([]any, len(t.needs))
		for i, name := range t.needs {
			required[i] = name
		}
		input.Set("required", required)
	}
	return input
}

// parse reads and checks the arguments of a tool. It takes a number or a boolean for its text, because
// agents write statuses as numbers. null is no argument.
func (t Tool) parse(text []byte) (arguments, error) {
	known := t.known()
	raw := make(map[string]jsontext.Value)
	if len(text) > 0 {
		if err := json.Unmarshal(text, &raw); err != nil {
			return nil, Problem("The arguments are no JSON object: call the tool again with an object.")
		}
	}
	given := make(arguments)
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		if name != "next" && name != "project" && !slices.Contains(known, name) {
			return nil, Problem(fmt.Sprintf("There is no argument %s: the arguments are %s, next.",
				quoted(name), strings.Join(known, ", ")))
		}
		switch value := raw[name]; value.Kind() {
		case jsontext.KindString:
			var s string
			if err := json.Unmarshal(value, &s); err != nil {
				return nil, Problem("The argument " + name + " is no valid string.")
			}
			given[name] = strings.TrimSpace(s)
		case jsontext.KindNumber, jsontext.KindTrue, jsontext.KindFalse:
			given[name] = string(value)
		case jsontext.KindNull:
		default:
			return nil, Problem("The argument " + name + " must be a string.")
		}
	}
	for _, name := range t.needs {
		if given[name] == "" {
			return nil, Problem(fmt.Sprintf("The argument %s is missing%s.", name, properties[name].hint()))
		}
	}
	return given, given.check()
}

func (given arguments) check() error {
	for _, name := range slices.Sorted(maps.Keys(given)) {
		value, p := given[name], properties[name]
		switch {
		case value == "":
		case len(value) > maxArgumentBytes:
			return Problem(fmt.Sprintf("The argument %s is longer than %d bytes: shorten it.", name, maxArgumentBytes))
		case p.choices != nil && !slices.Contains(p.choices, value):
			return Problem(fmt.Sprintf("The argument %s is %s, but must be one of %s.", name, quoted(value),
				strings.Join(p.choices, ", ")))
		case p.pattern != nil && !p.pattern.MatchString(value):
			return Problem(fmt.Sprintf("The argument %s is %s, but must be %s.", name, quoted(value), p.must))
		}
	}
	return nil
}

// hint says what an argument is.
func (p property) hint() string {
	if p.choices != nil {
		return ": one of " + strings.Join(p.choices, ", ")
	}
	return ": " + p.description
}

// choose reports whether a value is that of an argument, in any case. An absent argument chooses all.
func (given arguments) choose(name, value string) bool {
	return given[name] == "" || strings.EqualFold(given[name], value)
}

// list returns an argument as the alternatives of a filter.
func (given arguments) list(name string) []string {
	if given[name] == "" {
		return nil
	}
	return []string{given[name]}
}

// cursor returns the text by which the same call goes on at a position.
func (given arguments) cursor(tool string, at position) string {
	return fmt.Sprintf("%s-%s-%s", given.digest(tool), strconv.FormatInt(int64(at.group), 36),
		strconv.FormatInt(int64(at.item), 36))
}

// start returns where an answer goes on; nil if it begins.
func (given arguments) start(tool string) (*position, error) {
	if given["next"] == "" {
		return nil, nil
	}
	parts := strings.Split(given["next"], "-")
	if len(parts) != 3 || parts[0] != given.digest(tool) {
		return nil, Problem("This next does not belong to this tool with these arguments: repeat the arguments " +
			"of the answer that it is from, or leave it out to begin again.")
	}
	group, err := strconv.ParseUint(parts[1], 36, 31)
	number, err2 := strconv.ParseUint(parts[2], 36, 31)
	if err != nil || err2 != nil {
		return nil, Problem("This next is damaged: copy it as it is, or leave it out to begin again.")
	}
	return &position{int(group), int(number)}, nil
}

// digest identifies a tool with its arguments.
func (given arguments) digest(tool string) string {
	sum := fnv.New32a()
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if name != "next" && given[name] != "" {
			fmt.Fprintf(sum, "%q=%q ", name, given[name])
		}
	}
	fmt.Fprintf(sum, "%q", tool)
	return strconv.FormatUint(uint64(sum.Sum32()), 36)
}
