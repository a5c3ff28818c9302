// Package severity judges the findings of a diff by the rules of oasdiff. Each finding becomes an
// operation of two small documents, one for each side, which differ in this finding only. It does no I/O.
package severity

import (
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json"
	"github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/diff"
	"github.com/oasdiff/oasdiff/load"

	"akita/internal/compare"
	"akita/internal/facts"
)

// Judge sets the severities of findings that are proved, and the rules that decide them.
func Judge(findings []compare.Finding) error {
	base, revision := make(object), make(object)
	for i := range findings {
		if f := &findings[i]; f.Verdict == compare.Proved {
			set(base, pathOf(i), item(f, f.Before))
			set(revision, pathOf(i), item(f, f.After))
		}
	}
	changes, err := check(base, revision)
	if err != nil {
		return fmt.Errorf("judge the changes: %w", err)
	}
	for i := range findings {
		worst := checker.Level(-1)
		for _, c := range changes {
			if c.GetPath() != pathOf(i) || c.GetLevel() <= worst {
				continue
			}
			worst = c.GetLevel()
			findings[i].Severity, findings[i].Rule = severityOf(worst), c.GetId()
		}
	}
	return nil
}

func severityOf(level checker.Level) compare.Severity {
	switch level {
	case checker.ERR:
		return compare.Breaking
	case checker.WARN:
		return compare.Warning
	}
	return compare.Info
}

func pathOf(i int) string { return fmt.Sprintf("/finding-%d", i) }

// check returns the changes from one set of paths to another.
func check(base, revision object) (checker.Changes, error) {
	var specs [2]*load.SpecInfo
	for i, paths := range []object{base, revision} {
		text, err := json.Marshal(object{
			"openapi": "3.1.0", "info": object{"title": "side", "version": "1"}, "paths": paths,
			"components": object{"securitySchemes": schemes()},
		})
		if err != nil {
			return nil, err
		}
		spec, err := openapi3.NewLoader().LoadFromData(text)
		if err != nil {
			return nil, err
		}
		specs[i] = &load.SpecInfo{Spec: spec}
	}
	found, sources, err := diff.GetWithOperationsSourcesMap(diff.NewConfig(), specs[0], specs[1])
	if err != nil {
		return nil, err
	}
	config := checker.NewConfig(checker.GetAllChecks())
	return checker.CheckBackwardCompatibilityUntilLevel(config, found, sources, checker.INFO), nil
}

type object = map[string]any

func set(paths object, path string, item object) {
	if item != nil {
		paths[path] = item
	}
}

// authTypes are the schemes that security is about; other stands for one that both sides accept.
var authTypes = []string{"basic", "bearer", "digest", "api_key", "cookie", "other", "both"}

func schemes() object {
	out := make(object)
	for _, name := range authTypes {
		out[name] = object{"type": "apiKey", "in": "header", "name": name}
	}
	return out
}

// item returns the Path Item Object of one side, nil if it has none.
func item(f *compare.Finding, s compare.State) object {
	if f.Subject == compare.Operation && !s.Exists {
		return nil
	}
	// What both sides have keeps a response or a list from being empty.
	response := object{
		"description": "both", "content": object{"x/both": object{}},
		"headers": object{"x-both": object{"schema": object{}}},
	}
	responses := object{"299": response}
	op := object{"responses": responses}
	key := f.Change.Key
	switch {
	case f.Subject == compare.Operation:
	case f.Subject == compare.Status:
		if s.Exists {
			responses[fmt.Sprint(f.Status)] = object{"description": "one"}
		}
	case f.Subject == compare.Auth:
		op["security"] = security(f.Value, s.Exists)
	case f.Subject == compare.Header:
		delete(responses, "299")
		responses[fmt.Sprint(f.Status)] = response
		if s.Exists {
			response["headers"].(object)[key.Path] = object{"schema": object{}, "required": s.IsRequired}
		}
	case f.Subject == compare.MediaType || key.MediaType != "":
		body := response
		if f.Status == 0 {
			body = object{"content": object{"x/both": object{}}}
			op["requestBody"] = body
		} else {
			delete(responses, "299")
			responses[fmt.Sprint(f.Status)] = response
		}
		content := body["content"].(object)
		if f.Subject != compare.MediaType {
			content[key.MediaType] = object{"schema": around(key, s)}
		} else if s.Exists {
			content[f.Value] = object{}
		}
	default:
		in := key.In
		if in == "path" { // whose rules are those of the others, without a place in the path
			in = "query"
		}
		if s.Exists {
			op["parameters"] = []any{object{"name": key.Path, "in": in, "required": s.IsRequired, "schema": schema(s)}}
		}
	}
	return object{strings.ToLower(f.Method): op}
}

func security(name string, exists bool) []any {
	out := []any{object{"both": []any{}}}
	switch {
	case !exists:
	case name == "none":
		out = append(out, object{})
	case slices.Contains(authTypes, name):
		out = append(out, object{name: []any{}})
	}
	return out
}

// schema returns the schema of the values of one side.
func schema(s compare.State) object {
	out := make(object)
	if len(s.Types) > 0 {
		out["type"] = s.Types
	}
	if s.Format != "" {
		out["format"] = s.Format
	}
	if s.Enum != nil {
		out["enum"] = s.Enum
	}
	return out
}

// around returns the schema of a body that has the values of one side at a place.
func around(k facts.Key, s compare.State) object {
	out, exists, isRequired := schema(s), s.Exists, s.IsRequired
	for at := k.At(); at.Kind != facts.MediaType; at = at.Parent().At() {
		switch at.Kind {
		case facts.Items:
			out = object{"type": "array", "items": out}
		case facts.Entries:
			out = object{"type": "object", "additionalProperties": out}
		default:
			of := object{"type": "object", "properties": object{}}
			if exists {
				of["properties"].(object)[at.Last()] = out
				if isRequired {
					of["required"] = []any{at.Last()}
				}
			}
			out = of
		}
		exists, isRequired = true, false
	}
	return out
}
