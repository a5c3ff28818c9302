package client

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxProblem limits how much of an error's body is read, in bytes.
const maxProblem = 64 << 10

// maxDetail limits how much of an answer that is not problem details is shown, in bytes.
const maxDetail = 300

// Problem is an answer with a status of 400 or above (RFC 9457). Get it from an error with
// [errors.AsType].
type Problem struct { //nolint:errname // the name of RFC 9457
	Status int    `json:"status"` // the HTTP status
	Title  string `json:"title"`  // the status in words
	Detail string `json:"detail"` // what is wrong and what to do next
	// Code is stable and meant for programs, such as "project_not_found". It is empty if a
	// proxy answered in place of the server.
	Code   string       `json:"code"`
	Errors []FieldError `json:"errors"` // one for each field that is wrong
	// RetryAfter is how long the server asks to wait; 0 if it does not say.
	RetryAfter time.Duration `json:"-"`
}

// FieldError says what is wrong with one field of a request.
type FieldError struct {
	Field  string `json:"field"`
	Detail string `json:"detail"`
}

// Error implements error.
func (p *Problem) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%d %s", p.Status, p.Title)
	if p.Detail != "" {
		text.WriteString(": " + p.Detail)
	}
	for _, e := range p.Errors {
		fmt.Fprintf(&text, "; %s: %s", e.Field, e.Detail)
	}
	return text.String()
}

// readProblem reads the problem that a response describes. An answer of another media type
// comes from a proxy; its first bytes become the detail.
func readProblem(response *http.Response) *Problem {
	problem := &Problem{}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxProblem))
	if err != nil {
		problem.Detail = "read the answer: " + err.Error()
	} else if !isProblem(response) || json.Unmarshal(body, problem) != nil {
		problem = &Problem{Detail: strings.ToValidUTF8(string(body[:min(len(body), maxDetail)]), "")}
	}
	problem.Status = response.StatusCode
	if problem.Title == "" {
		problem.Title = http.StatusText(response.StatusCode)
	}
	if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil && seconds > 0 {
		problem.RetryAfter = time.Duration(seconds) * time.Second
	}
	return problem
}

// isProblem reports whether the body is problem details.
func isProblem(response *http.Response) bool {
	mediaType, _, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
	return err == nil && mediaType == "application/problem+json"
}
