package api

import (
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"

	"akita/internal/store"
)

// code identifies the kind of a problem. Codes are part of the API: clients may
// rely on them.
type code string

const (
	codeInvalidRequest       code = "invalid_request"
	codeInvalidBundle        code = "invalid_bundle"
	codeUnauthenticated      code = "unauthenticated"
	codeInvalidCredentials   code = "invalid_credentials"
	codeInvalidAPIKey        code = "invalid_api_key"
	codeSessionRequired      code = "session_required"
	codeInsufficientScope    code = "insufficient_scope"
	codeWrongSetupToken      code = "wrong_setup_token"
	codeCrossOrigin          code = "cross_origin"
	codeNotFound             code = "not_found"
	codeProjectNotFound      code = "project_not_found"
	codeTraceNotFound        code = "trace_not_found"
	codeAPIKeyNotFound       code = "api_key_not_found"
	codeEndpointNotFound     code = "endpoint_not_found"
	codeConsumerNotFound     code = "consumer_not_found"
	codeDeclarationNotFound  code = "declaration_not_found"
	codeTestsNotFound        code = "tests_not_found"
	codeMethodNotAllowed     code = "method_not_allowed"
	codeProjectExists        code = "project_exists"
	codeTraceExists          code = "trace_exists"
	codeTraceEnded           code = "trace_ended"
	codeBundlesKnown         code = "bundles_known"
	codeSetupOver            code = "setup_over"
	codeTooLarge             code = "too_large"
	codeUnsupportedMediaType code = "unsupported_media_type"
	codeTooManyAttempts      code = "too_many_attempts"
	codeInternal             code = "internal"
	codeUnavailable          code = "unavailable"
)

// statusOf maps each code to its HTTP status.
var statusOf = map[code]int{
	codeInvalidRequest:       http.StatusBadRequest,
	codeInvalidBundle:        http.StatusBadRequest,
	codeUnauthenticated:      http.StatusUnauthorized,
	codeInvalidCredentials:   http.StatusUnauthorized,
	codeInvalidAPIKey:        http.StatusUnauthorized,
	codeSessionRequired:      http.StatusForbidden,
	codeInsufficientScope:    http.StatusForbidden,
	codeWrongSetupToken:      http.StatusForbidden,
	codeCrossOrigin:          http.StatusForbidden,
	codeNotFound:             http.StatusNotFound,
	codeProjectNotFound:      http.StatusNotFound,
	codeTraceNotFound:        http.StatusNotFound,
	codeAPIKeyNotFound:       http.StatusNotFound,
	codeEndpointNotFound:     http.StatusNotFound,
	codeConsumerNotFound:     http.StatusNotFound,
	codeDeclarationNotFound:  http.StatusNotFound,
	codeTestsNotFound:        http.StatusNotFound,
	codeMethodNotAllowed:     http.StatusMethodNotAllowed,
	codeProjectExists:        http.StatusConflict,
	codeTraceExists:          http.StatusConflict,
	codeTraceEnded:           http.StatusConflict,
	codeBundlesKnown:         http.StatusConflict,
	codeSetupOver:            http.StatusGone,
	codeTooLarge:             http.StatusRequestEntityTooLarge,
	codeUnsupportedMediaType: http.StatusUnsupportedMediaType,
	codeTooManyAttempts:      http.StatusTooManyRequests,
	codeInternal:             http.StatusInternalServerError,
	codeUnavailable:          http.StatusServiceUnavailable,
}

// retryLater is the Retry-After of temporary failures.
const retryLater = 5 * time.Second

// problem is an error that is sent to the client, in the format of RFC 9457.
type problem struct {
	code       code
	detail     string        // what is wrong and what to do next
	fields     []fieldError  // of the request's body or query
	known      []string      // ids of bundles
	retryAfter time.Duration // value of Retry-After; 0: no such header
	challenge  bool          // send WWW-Authenticate: Basic
}

// fieldError describes what is wrong with one field of a request.
type fieldError struct {
	Field  string `json:"field"`
	Detail string `json:"detail"`
}

// Error implements error.
func (p *problem) Error() string { return string(p.code) + ": " + p.detail }

// write responds with the problem.
func (p *problem) write(w http.ResponseWriter) error {
	status := statusOf[p.code]
	w.Header().Del("ETag") // of the response that a handler had begun
	w.Header().Set("Cache-Control", "no-store")
	if p.retryAfter > 0 {
		seconds := int(math.Ceil(p.retryAfter.Seconds()))
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
	}
	if p.challenge {
		w.Header().Set("WWW-Authenticate", `Basic realm="akita", charset="UTF-8"`)
	}
	return writeJSON(w, status, "application/problem+json", struct {
		Type   string       `json:"type"`
		Title  string       `json:"title"`
		Status int          `json:"status"`
		Detail string       `json:"detail"`
		Code   code         `json:"code"`
		Errors []fieldError `json:"errors,omitempty"`
		Known  []string     `json:"known,omitempty"`
	}{"about:blank", http.StatusText(status), status, p.detail, p.code, p.fields, p.known})
}

// problemOf returns the problem in err's chain, or the one for err. The text of
// any other error is internal and is not sent.
func problemOf(err error) *problem {
	if p, ok := errors.AsType[*problem](err); ok {
		return p
	}
	if errors.Is(err, store.ErrFull) {
		return &problem{code: codeUnavailable, retryAfter: retryLater,
			detail: "The server's disk is full: free some space, then try again."}
	}
	return &problem{code: codeInternal, detail: "The server failed: its log has the cause. Try again later."}
}
