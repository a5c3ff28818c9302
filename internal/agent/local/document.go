package local

import (
	"errors"
	"net/http"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"akita/internal/declared"
)

// maxDocumentBytes bounds a document as an application generates it. Its outline is smaller.
const maxDocumentBytes = 2 * declared.MaxOutline

var (
	errLargeOutline  = errors.New("the outline of the document is too large")
	errBadGenerator  = errors.New("generator is too long or not printable")
	documentFailures = []error{declared.ErrNoObject, declared.ErrNoOpenAPI, errLargeOutline, errBadGenerator}
)

// takeDocument keeps the outline of the OpenAPI document that an application generates. It answers 202 when
// that is on disk.
func (s *Server) takeDocument(w http.ResponseWriter, r *http.Request) {
	s.takeReport(w, r, s.config.Documents, func() (string, []byte, error) { return readDocument(w, r) })
}

func readDocument(w http.ResponseWriter, r *http.Request) (generator string, outline []byte, err error) {
	var report struct {
		Generator string         `json:"generator"`
		Document  jsontext.Value `json:"document"`
	}
	body := limitedBody(w, r, maxDocumentBytes)
	err = json.UnmarshalRead(body, &report, jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))
	if err != nil {
		return "", nil, err
	}
	body.done()
	if report.Generator != "" && !validName(report.Generator) {
		return "", nil, errBadGenerator
	}
	outline, err = declared.Outline(report.Document)
	if err == nil && len(outline) > declared.MaxOutline {
		err = errLargeOutline
	}
	return report.Generator, outline, err
}
