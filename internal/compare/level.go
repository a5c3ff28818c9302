package compare

import (
	"slices"
	"strconv"
	"strings"

	"akita/internal/declared"
)

// Levels are the Test Coverage Levels of Martin-Lopez, Segura and Ruiz-Cortés, "Test Coverage Criteria for
// RESTful Web APIs" (A-TEST 2019), with the criteria that make them up.
type Levels struct {
	// Reached is the highest level whose criteria, and those of the levels below it, are covered in full:
	// 0 to 6.
	Reached  int
	Criteria []Criterion // by level
}

// Criterion is one of the criteria of a level.
type Criterion struct {
	Level int
	Name  string
	Share
}

// criterion says what counts for a criterion.
type criterion struct {
	level int
	name  string
	of    func(Fact) (item Fact, counts bool)
}

// criteria are those of the levels 1 to 6. The one of level 7, operation flows, is about the order of
// calls, which is not kept.
var criteria = []criterion{
	{1, "Path", func(f Fact) (Fact, bool) { return Fact{Path: f.Path}, f.Subject == Operation }},
	{2, "Operation", func(f Fact) (Fact, bool) { return f, f.Subject == Operation }},
	{3, "Content-type (input)", func(f Fact) (Fact, bool) { return f, f.Subject == MediaType && f.Status == 0 }},
	{3, "Content-type (output)", func(f Fact) (Fact, bool) {
		isAnswer := f.Subject == MediaType && f.Status != 0
		f.Status = 0
		return f, isAnswer
	}},
	{4, "Parameter", func(f Fact) (Fact, bool) { return f, f.Subject == Parameter }},
	{4, "Status code class", func(f Fact) (Fact, bool) { return classOf(f), f.Subject == Status }},
	{5, "Parameter value", func(f Fact) (Fact, bool) {
		return f, f.Subject == Enum && f.Status == 0 && !strings.HasPrefix(f.At, "request.body")
	}},
	{5, "Status code", func(f Fact) (Fact, bool) { return f, f.Subject == Status }},
	{6, "Response body properties", func(f Fact) (Fact, bool) { return f, f.Subject == ResponseField }},
}

// maxLevel is the highest level that is judged.
const maxLevel = 6

// classOf returns the class of a status: the answers that a call was correct, or those that it was not.
func classOf(f Fact) Fact {
	f.Value = "correct"
	if f.Status >= 400 {
		f.Value = "erroneous"
	}
	f.Status = 0
	return f
}

// levelsOf returns how far what was exercised covers a universe of facts.
func levelsOf(universe []Fact, exercised map[Fact]*behaviour) Levels {
	out := Levels{Reached: maxLevel}
	for _, c := range criteria {
		all, covered := make(map[Fact]bool), make(map[Fact]bool)
		for _, f := range universe {
			if item, counts := c.of(f); counts {
				all[item] = true
			}
		}
		for f := range exercised {
			if item, counts := c.of(f); counts && all[item] {
				covered[item] = true
			}
		}
		out.Criteria = append(out.Criteria, Criterion{c.level, c.name, Share{uint64(len(covered)), uint64(len(all))}})
		if len(covered) < len(all) {
			out.Reached = min(out.Reached, c.level-1)
		}
	}
	return out
}

// declaredFacts returns the facts that a document declares, of those that count for a criterion.
func declaredFacts(d *declared.Document) (out []Fact) {
	if d == nil {
		return nil
	}
	for _, op := range d.Operations() {
		if method := op.Method; method == "OPTIONS" || method == "HEAD" {
			continue
		}
		of := universe{operation: op}
		of.add(Fact{Subject: Operation})
		of.parameters()
		if body := op.Request(); body != nil {
			of.mediaTypes(body, Fact{At: "request.body"})
		}
		of.responses()
		out = append(out, of.facts...)
	}
	return out
}

// universe collects the facts that a document declares of an operation.
type universe struct {
	operation *declared.Operation
	facts     []Fact
}

func (u *universe) add(f Fact) {
	f.Method, f.Path = u.operation.Method, u.operation.Path
	u.facts = append(u.facts, f)
}

func (u *universe) parameters() {
	for _, p := range u.operation.Parameters {
		if p.In != "path" && !isVisible(p) {
			continue
		}
		at := p.In + "." + p.Name
		u.add(Fact{Subject: Parameter, At: at})
		if p.In == "path" || p.Schema == nil {
			continue // words in paths are not kept
		}
		if members, ok := p.Schema.Enum(); ok && areListed(members) {
			for _, m := range members {
				u.add(Fact{Subject: Enum, At: at, Value: m})
			}
		}
	}
}

func (u *universe) mediaTypes(body *declared.Body, at Fact) {
	at.Subject = MediaType
	for _, c := range body.Contents {
		name, _, _ := strings.Cut(c.MediaType, ";")
		if at.Value = strings.ToLower(strings.TrimSpace(name)); !strings.Contains(name, "*") {
			u.add(at)
		}
	}
}

func (u *universe) responses() {
	for _, status := range u.operation.Statuses() {
		u.add(Fact{Subject: Status, Status: status, At: "response", Value: strconv.Itoa(status)})
		response := u.operation.Response(status)
		if response == nil || status >= 400 {
			continue
		}
		u.mediaTypes(&response.Body, Fact{Status: status, At: "response.body"})
		for _, c := range response.Contents {
			u.properties(Fact{Subject: ResponseField, Status: status, At: "response.body"}, c.Schema, maxChoiceDepth)
		}
	}
}

// maxProperties bounds the properties of the answers of an operation: a schema that holds itself has
// properties without end.
const maxProperties = 500

// properties adds the properties of the objects at and below a place.
func (u *universe) properties(at Fact, s *declared.Schema, depth int) {
	if s == nil || depth == 0 || len(u.facts) > maxProperties {
		return
	}
	if items := s.Items(); items != nil && hasAny(s.Types(), "array") {
		below := at
		below.At += "[]"
		u.properties(below, items, depth-1)
	}
	for _, name := range slices.Sorted(slices.Values(s.Names())) {
		field, _ := s.Field(name)
		below := at
		below.At += "." + name
		if field.IsWriteOnly() {
			continue
		}
		u.add(below)
		u.properties(below, field, depth-1)
	}
}
