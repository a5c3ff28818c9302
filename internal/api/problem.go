package api

import (
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"

	"akita/internal/store"
)

// code tells problems apart for machines. Codes are part of the contract: a client
// may rely on them.
type code string

const (
	codeInvalidRequest       code = "invalid_request"
	codeInvalidBundle        code = "invalid_bundle"
	codeUnauthenticated      code = "unauthenticated"
	codeInvalidCredentials   code = "invalid_credentials"
	codeInvalidAPIKey        code = "invalid_api_key"
	codeSessionRequired      code = "session_required"
	codeWrongSetupToken      code = "wrong_setup_token"
	codeCrossOrigin          code = "cross_origin"
	codeNotFound             code = "not_found"
	codeProjectNotFound      code = "project_not_found"
	codeTraceNotFound        code = "trace_not_found"
	codeAPIKeyNotFound       code = "api_key_not_found"
	codeEndpointNotFound     code = "endpoint_not_found"
	codeMethodNotAllowed     code = "method_not_allowed"
	codeProjectExists        code = "project_exists"
	codeSetupOver            code = "setup_over"
	codeTooLarge             code = "too_large"
	codeUnsupportedMediaType code = "unsupported_media_type"
	codeTooManyAttempts      code = "too_many_attempts"
	codeInternal             code = "internal"
	codeUnavailable          code = "unavailable"
)

// statusOf is the one table of codes and HTTP statuses.
var statusOf = map[code]int{
	codeInvalidRequest:       http.StatusBadRequest,
	codeInvalidBundle:        http.StatusBadRequest,
	codeUnauthenticated:      http.StatusUnauthorized,
	codeInvalidCredentials:   http.StatusUnauthorized,
	codeInvalidAPIKey:        http.StatusUnauthorized,
	codeSessionRequired:      http.StatusForbidden,
	codeWrongSetupToken:      http.StatusForbidden,
	codeCrossOrigin:          http.StatusForbidden,
	codeNotFound:             http.StatusNotFound,
	codeProjectNotFound:      http.StatusNotFound,
	codeTraceNotFound:        http.StatusNotFound,
	codeAPIKeyNotFound:       http.StatusNotFound,
	codeEndpointNotFound:     http.StatusNotFound,
	codeMethodNotAllowed:     http.StatusMethodNotAllowed,
	codeProjectExists:        http.StatusConflict,
	codeSetupOver:            http.StatusGone,
	codeTooLarge:             http.StatusRequestEntityTooLarge,
	codeUnsupportedMediaType: http.StatusUnsupportedMediaType,
	codeTooManyAttempts:      http.StatusTooManyRequests,
	codeInternal:             http.StatusInternalServerError,
	codeUnavailable:          http.StatusServiceUnavailable,
}

// retryLater is when a request may be sent again that the server could not do now.
const retryLater = 5 * time.Second

// problem is an error that the caller is told of, as RFC 9457 writes it.
type problem struct {
	code       code
	detail     string        // what is wrong and what to do next
	fields     []fieldError  // of the request's body or query
	retryAfter time.Duration // 0: not said
	challenge  bool          // with WWW-Authenticate: Basic
}

// fieldError says what is wrong with one field of a request.
type fieldError struct {
	Field  string `json:"field"`
	Detail string `json:"detail"`
}

// Error implements error.
func (p *problem) Error() string { return string(p.code) + ": " + p.detail }

// write answers a request with the problem.
func (p *problem) write(w http.ResponseWriter) error {
	status := statusOf[p.code]
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
	}{"about:blank", http.StatusText(status), status, p.detail, p.code, p.fields})
}

// problemOf returns the problem that err is or wraps, or stands for; anything else is internal
// and its text stays here.
func problemOf(err error) *problem {
	if p, ok := errors.AsType[*problem](err); ok {
		return p
	}
	if errors.Is(err, store.ErrFull) {
		return &problem{code: codeUnavailable, retryAfter: retryLater,
			detail: "The server's disk is full: make room there, then try again."}
	}
	return &problem{code: codeInternal, detail: "The server failed on this request; its log says why. Try again later."}
}
