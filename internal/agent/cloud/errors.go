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

// StatusError is an answer that is no success.
type StatusError struct {
	Operation  string
	Status     int
	Code       string        // of the problem details; "" where the answer has none
	Detail     string        // for people
	RetryAfter time.Duration // 0 where the server does not say
}

func (e *StatusError) Error() string {
	text := fmt.Sprintf("%s: the server answers %d %s", e.Operation, e.Status, http.StatusText(e.Status))
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

// Bounds of what is believed of an answer.
const (
	maxDetail     = 300 // bytes
	maxRetryAfter = 5 * time.Minute
)

func newStatusError(operation string, resp *http.Response, body []byte, now time.Time) *StatusError {
	e := &StatusError{
		Operation:  operation,
		Status:     resp.StatusCode,
		RetryAfter: min(retryAfter(resp.Header.Get("Retry-After"), now), maxRetryAfter),
	}
	if location := resp.Header.Get("Location"); location != "" && resp.StatusCode < 400 {
		e.Detail = "it redirects to " + location + "; set AKITA_SERVER to where it really is"
	}
	if resp.StatusCode >= 400 {
		e.Detail = strangersDetail(resp)
	}
	mediaType, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err == nil && mediaType == "application/problem+json" {
		var problem struct{ Code, Detail string }
		if json.Unmarshal(body, &problem) == nil {
			e.Code, e.Detail = problem.Code, problem.Detail
		}
	}
	if len(e.Detail) > maxDetail {
		e.Detail = strings.ToValidUTF8(e.Detail[:maxDetail], "") + "…"
	}
	return e
}

// strangersDetail says what to do where an answer does not come from an Akita server.
func strangersDetail(resp *http.Response) string {
	switch {
	case resp.StatusCode == http.StatusUnauthorized, resp.StatusCode == http.StatusForbidden:
		return "it is not the Akita server that refuses, but something on the way to it"
	case resp.StatusCode == http.StatusNotFound:
		return "there is no Akita server at this address: correct --server (AKITA_SERVER)"
	case resp.StatusCode == http.StatusBadRequest && resp.Request.URL.Scheme == "http":
		return "it may speak HTTPS: then write https:// in --server (AKITA_SERVER)"
	}
	return ""
}

// retryAfter reads the header's two forms, seconds and a date.
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}

// Verdict is what an error means for the same request made again.
type Verdict int

// The verdicts.
const (
	Retry     Verdict = iota // the server is away, busy or broken
	Refused                  // it does not accept the API key: somebody must act
	Gone                     // it has no such project or trace
	Permanent                // it will never take this
)

// VerdictOn returns the verdict on an error of a Client's method.
//
// A refusal that does not come from Akita itself (a proxy, another program on the
// port, a server that speaks HTTPS) is no reason to throw anything away.
func VerdictOn(err error) Verdict {
	var status *StatusError
	if !errors.As(err, &status) {
		return Retry
	}
	if status.Code == "" {
		return Retry // a stranger's answer
	}
	switch status.Status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return Refused
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

// RetryAfter is how long the server asked to be left alone; 0 where it did not.
func RetryAfter(err error) time.Duration {
	var status *StatusError
	if errors.As(err, &status) {
		return status.RetryAfter
	}
	return 0
}

// explain says in a few words why the server could not be reached, and what to
// do where that is not obvious.
func explain(err error) string {
	var (
		unknownAuthority x509.UnknownAuthorityError
		wrongHost        x509.HostnameError
		badCertificate   x509.CertificateInvalidError
		notTLS           tls.RecordHeaderError
		dns              *net.DNSError
		timeout          net.Error
		request          *url.Error
	)
	switch {
	case errors.As(err, &unknownAuthority):
		return "its certificate is signed by an authority that this machine does not know; name the authority's file in SSL_CERT_FILE"
	case errors.As(err, &wrongHost):
		return "its certificate is for another host name; correct --server (AKITA_SERVER)"
	case errors.As(err, &badCertificate):
		return "its certificate is not valid (" + badCertificate.Error() + ")"
	case errors.As(err, &notTLS), errors.Is(err, http.ErrSchemeMismatch):
		return "it does not speak HTTPS; write http:// in --server (AKITA_SERVER)"
	case errors.As(err, &dns):
		return "its name cannot be resolved; correct --server (AKITA_SERVER)"
	case neterr.IsRefused(err):
		return "nothing listens there; start `akita server` or correct --server (AKITA_SERVER)"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "it does not answer in time"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), neterr.IsReset(err):
		return "the connection broke"
	case errors.As(err, &request):
		return request.Err.Error() // without the URL, which stands before it
	}
	return err.Error()
}
