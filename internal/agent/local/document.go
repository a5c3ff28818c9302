package local

import (
	"errors"
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"

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

// offerDocument answers whether a process shall generate the document of its application. The processes of
// an application start together, and one of them is enough.
func (s *Server) offerDocument(w http.ResponseWriter, r *http.Request) {
	service := r.PathValue("service")
	if !validName(service) {
		fail(w, http.StatusNotFound, "Service not found", "The service's name is empty or not printable.")
		return
	}
	reply(w, http.StatusAccepted, struct {
		Wanted bool `json:"wanted"`
	}{s.offers.take(service, s.config.Now())})
}

// offerAgain is how long the document of an application is not generated again.
const offerAgain = time.Minute

// offers knows which documents are being generated.
type offers struct {
	mu   sync.Mutex
	last map[string]time.Time // by service in lower case; none is older than offerAgain
}

// take reports whether a document is wanted, because nobody has offered it shortly before.
func (o *offers) take(service string, now time.Time) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	maps.DeleteFunc(o.last, func(_ string, at time.Time) bool { return now.Sub(at) >= offerAgain })
	key := strings.ToLower(service)
	if _, offered := o.last[key]; offered || len(o.last) >= maxOffers {
		return false
	}
	if o.last == nil {
		o.last = make(map[string]time.Time)
	}
	o.last[key] = now
	return true
}

// maxOffers bounds the services of a minute.
const maxOffers = 1000

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
