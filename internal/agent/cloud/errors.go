package cloud

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"akita/internal/neterr"
)

// StatusError is an answer that reports an error.
type StatusError struct {
	Operation  string
	Status     int
	Code       string        // of the problem details; "" if the answer has none
	Detail     string        // for messages
	RetryAfter time.Duration // 0 if the server does not send it
	Known      []string      // ids of bundles that the server has already
}

func (e *StatusError) Error() string {
	text := fmt.Sprintf("%s: the server answers %d %s", e.Operation, e.Status, http.StatusText(e.Status))
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

// Bounds of the text that is read from a response.
const (
	maxDetail     = 300 // bytes
	maxRetryAfter = 5 * time.Minute
)

// newStatusError reads an answer that came through a proxy, unless that is nil.
func newStatusError(operation string, resp *http.Response, body []byte, proxy *url.URL, now time.Time) *StatusError {
	e := &StatusError{
		Operation:  operation,
		Status:     resp.StatusCode,
		RetryAfter: min(retryAfter(resp.Header.Get("Retry-After"), now), maxRetryAfter),
	}
	if location := resp.Header.Get("Location"); location != "" && resp.StatusCode < 400 {
		e.Detail = "it redirects to " + location + "; correct --server (AKITA_SERVER)"
	}
	if resp.StatusCode >= 400 {
		e.Detail = foreignDetail(resp, proxy)
	}
	mediaType, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err == nil && mediaType == "application/problem+json" {
		var problem struct {
			Code, Detail string
			Known        []string
		}
		if json.Unmarshal(body, &problem) == nil {
			e.Code, e.Detail, e.Known = problem.Code, problem.Detail, problem.Known
		}
	}
	if len(e.Detail) > maxDetail {
		e.Detail = strings.ToValidUTF8(e.Detail[:maxDetail], "") + "…"
	}
	return e
}

// foreignDetail says what to do if an answer does not come from an Akita server.
func foreignDetail(resp *http.Response, proxy *url.URL) string {
	switch {
	case proxy != nil:
		return "this does not come from an Akita server; the proxy " + proxy.Redacted() +
			" may refuse to connect to it: correct HTTP_PROXY or NO_PROXY, or --server (AKITA_SERVER)"
	case resp.StatusCode == http.StatusUnauthorized, resp.StatusCode == http.StatusForbidden:
		return "this does not come from the Akita server, but from something on the way to it"
	case resp.StatusCode == http.StatusNotFound:
		return "there is no Akita server at this address: correct --server (AKITA_SERVER)"
	case resp.StatusCode == http.StatusBadRequest && resp.Request.URL.Scheme == "http":
		return "it may expect HTTPS: then write https:// in --server (AKITA_SERVER)"
	}
	return ""
}

// retryAfter reads a Retry-After header, which is a number of seconds or a date.
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}

// Verdict says whether to make a request again after an error.
type Verdict int

// The verdicts.
const (
	Retry     Verdict = iota // the server is unreachable, busy or broken
	Refused                  // the server refuses the API key; the user must act
	Gone                     // the server has no such project or trace
	Permanent                // the server will never accept the request
	Known                    // the server has some of the bundles already: see KnownBundles
)

// VerdictOn returns the verdict on an error of a Client's method. It is Retry for an
// answer that does not come from Akita, but from a proxy or another program, so that
// nothing is thrown away because of it.
func VerdictOn(err error) Verdict {
	status, ok := errors.AsType[*StatusError](err)
	if !ok || status.Code == "" {
		return Retry
	}
	switch status.Status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return Refused
	case http.StatusConflict:
		if len(status.Known) > 0 {
			return Known
		}
	case http.StatusNotFound:
		if strings.HasSuffix(status.Code, "_not_found") {
			return Gone
		}
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge,
		http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity:
		return Permanent
	}
	return Retry
}

// RetryAfter returns how long the server asked to wait; 0 if it did not.
func RetryAfter(err error) time.Duration {
	if status, ok := errors.AsType[*StatusError](err); ok {
		return status.RetryAfter
	}
	return 0
}

// explain says why the server could not be reached, and what to do.
func explain(err error) string {
	if proxy, ok := errors.AsType[*ProxyError](err); ok {
		return proxy.explain()
	}
	badCertificate, isBadCertificate := errors.AsType[x509.CertificateInvalidError](err)
	timeout, isNet := errors.AsType[net.Error](err)
	switch {
	case isA[x509.UnknownAuthorityError](err):
		return "its certificate is signed by an authority that this machine does not know; name the authority's file " +
			"in SSL_CERT_FILE"
	case isA[x509.HostnameError](err):
		return "its certificate is for another host name; correct --server (AKITA_SERVER)"
	case isBadCertificate:
		return "its certificate is not valid (" + badCertificate.Error() + ")"
	case isA[tls.RecordHeaderError](err), errors.Is(err, http.ErrSchemeMismatch):
		return "it does not speak HTTPS; write http:// in --server (AKITA_SERVER)"
	case isA[*net.DNSError](err):
		return "its name cannot be resolved; correct --server (AKITA_SERVER)"
	case neterr.IsRefused(err):
		return "nothing listens there; start `akita server` or correct --server (AKITA_SERVER)"
	case isNet && timeout.Timeout():
		return "it does not answer in time"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), neterr.IsReset(err):
		return "the connection broke"
	}
	if request, ok := errors.AsType[*url.Error](err); ok {
		return request.Err.Error() // without the URL, which the message names already
	}
	return err.Error()
}

// isA reports whether there is an error of type E in err's tree.
func isA[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// KnownBundles returns the ids of the bundles that the server has already, if the verdict is Known.
func KnownBundles(err error) []string {
	if status, ok := errors.AsType[*StatusError](err); ok {
		return status.Known
	}
	return nil
}

// IsUnknownForm reports whether the server does not know the media type of a request: it may be older
// than this program.
func IsUnknownForm(err error) bool {
	status, ok := errors.AsType[*StatusError](err)
	return ok && status.Status == http.StatusUnsupportedMediaType && status.Code != ""
}

// IsUnknownOperation reports whether the server does not have an operation: it may be older than this
// program.
func IsUnknownOperation(err error) bool {
	status, ok := errors.AsType[*StatusError](err)
	return ok && status.Status == http.StatusNotFound && status.Code == "not_found"
}
