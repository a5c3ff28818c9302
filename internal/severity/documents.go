package severity

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/diff"
	"github.com/oasdiff/oasdiff/load"

	"akita/internal/compare"
	"akita/internal/declared"
)

// Documents returns what changed from one document to another, by the rules of oasdiff.
func Documents(base, revision *declared.Document) ([]compare.Finding, error) {
	found, sources, err := diff.GetWithOperationsSourcesMap(
		diff.NewConfig(), &load.SpecInfo{Spec: base.Spec()}, &load.SpecInfo{Spec: revision.Spec()},
	)
	if err != nil {
		return nil, fmt.Errorf("compare the documents: %w", err)
	}
	config := checker.NewConfig(checker.GetAllChecks())
	words := checker.NewDefaultLocalizer()
	var out []compare.Finding
	for _, c := range checker.CheckBackwardCompatibilityUntilLevel(config, found, sources, checker.INFO) {
		id := c.GetId()
		f := compare.Finding{
			Kind: kindOf(id), Severity: severityOf(c.GetLevel()), Verdict: compare.Proved, Rule: id,
			Message: c.GetUncolorizedText(words),
		}
		f.Method, f.Path, f.Subject, f.At = c.GetOperation(), c.GetPath(), subjectOf(id), placeOf(id)
		place(&f, f.Message, base, revision)
		if f.Change.Key.MediaType == "" {
			f.Change.Key.MediaType = onlyMediaType(found, &f)
		}
		out = append(out, f)
	}
	compare.Sort(out)
	return out, nil
}

// onlyMediaType returns the media type of the bodies that a change is in. A text names it only if the bodies of
// several media types changed.
func onlyMediaType(found *diff.Diff, f *compare.Finding) string {
	if found == nil || found.PathsDiff == nil || !strings.Contains(f.At, ".body") || f.Subject == compare.MediaType {
		return ""
	}
	path := found.PathsDiff.Modified[f.Path]
	if path == nil || path.OperationsDiff == nil || path.OperationsDiff.Modified[f.Method] == nil {
		return ""
	}
	var content *diff.ContentDiff
	switch of := path.OperationsDiff.Modified[f.Method]; {
	case f.Status == 0 && of.RequestBodyDiff != nil:
		content = of.RequestBodyDiff.ContentDiff
	case f.Status != 0 && of.ResponsesDiff != nil:
		if response := of.ResponsesDiff.Modified[strconv.Itoa(f.Status)]; response != nil {
			content = response.ContentDiff
		}
	}
	if content == nil || len(content.MediaTypeModified) != 1 || f.At == "request.body" && f.Subject == compare.Required {
		return ""
	}
	for name := range content.MediaTypeModified {
		return name
	}
	return ""
}

// kindOf returns the kind of a change from the name of its rule: "response-property-removed".
func kindOf(rule string) compare.Kind {
	switch {
	case strings.Contains(rule, "removed") || strings.Contains(rule, "deleted"):
		return compare.Removed
	case strings.Contains(rule, "added") || strings.HasPrefix(rule, "new-"):
		return compare.Added
	}
	return compare.Changed
}

// subjects are words in names of rules, the more special first, with what they are about.
var subjects = []struct {
	word    string
	subject compare.Subject
}{
	{"security", compare.Auth},
	{"enum", compare.Enum},
	{"nullable", compare.Nullable},
	{"became-required", compare.Required},
	{"became-optional", compare.Required},
	{"type-changed", compare.Type},
	{"format", compare.Format},
	{"media-type", compare.MediaType},
	{"header", compare.Header},
	{"status", compare.Status},
	{"parameter", compare.Parameter},
	{"response", compare.ResponseField},
	{"request", compare.RequestField},
}

func subjectOf(rule string) compare.Subject {
	for _, s := range subjects {
		if strings.Contains(rule, s.word) {
			return s.subject
		}
	}
	return compare.Operation
}

// placeOf returns whether a change is about requests or responses, "" for neither.
func placeOf(rule string) string {
	switch {
	case strings.Contains(rule, "response"):
		return "response"
	case strings.Contains(rule, "request"), strings.Contains(rule, "parameter"):
		return "request"
	}
	return ""
}
