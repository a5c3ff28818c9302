package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"sync/atomic"
	"time"
)

// visitor is a user of the app, with a browser's cookies and a token.
type visitor struct {
	number int
	base   string
	http   *http.Client
	random *rand.Rand // seeded by number: each run makes the same calls
	count  *atomic.Int64
	visits int // so far; makes names unique

	tokens map[string]string // by user name
}

func newVisitor(base string, number int, count *atomic.Int64) *visitor {
	jar, _ := cookiejar.New(nil) // never fails
	return &visitor{
		number: number,
		base:   base,
		http:   &http.Client{Jar: jar, Timeout: 30 * time.Second, CheckRedirect: stayHere},
		random: rand.New(rand.NewPCG(1, uint64(number))),
		count:  count,
		tokens: map[string]string{},
	}
}

// stayHere follows no redirect, because each call is counted.
func stayHere(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// request is one call and the status that its answer must have.
type request struct {
	method string
	path   string
	want   int
	json   any        // the body; at most one of the three is set
	upload *upload    // the body
	form   url.Values // the body
	as     string     // user name, authenticated by token; "" for the session's user, if any
	csrf   bool       // send the CSRF cookie's token back
}

// upload is a form with a file.
type upload struct {
	title, fileName string
	content         []byte
}

// all makes one call after the other.
func (v *visitor) all(ctx context.Context, requests ...request) error {
	for _, r := range requests {
		if err := v.call(ctx, r, nil); err != nil {
			return err
		}
	}
	return nil
}

// call makes one call and decodes its JSON answer into answer, unless answer is nil.
func (v *visitor) call(ctx context.Context, r request, answer any) error {
	request, err := v.request(ctx, r)
	if err != nil {
		return err
	}
	v.count.Add(1)
	response, err := v.http.Do(request)
	if err != nil {
		return fmt.Errorf("%s %s: %w", r.method, r.path, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return fmt.Errorf("read the answer of %s %s: %w", r.method, r.path, err)
	}
	if response.StatusCode != r.want {
		return fmt.Errorf("%s %s answered %d instead of %d: %.300s", r.method, r.path, response.StatusCode, r.want, body)
	}
	if answer == nil {
		return nil
	}
	if err := json.Unmarshal(body, answer); err != nil {
		return fmt.Errorf("decode the answer of %s %s: %w", r.method, r.path, err)
	}
	return nil
}

func (v *visitor) request(ctx context.Context, r request) (*http.Request, error) {
	body, contentType, err := r.body()
	if err != nil {
		return nil, fmt.Errorf("encode %s %s: %w", r.method, r.path, err)
	}
	request, err := http.NewRequestWithContext(ctx, r.method, v.base+r.path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	if r.as != "" {
		token, err := v.token(ctx, r.as)
		if err != nil {
			return nil, err
		}
		request.Header.Set("Authorization", "Token "+token)
	}
	if r.csrf {
		request.Header.Set("X-CSRFToken", v.cookie("csrftoken"))
	}
	return request, nil
}

// body encodes a request's body.
func (r request) body() (body []byte, contentType string, err error) {
	switch {
	case r.json != nil:
		body, err = json.Marshal(r.json)
		return body, "application/json", err
	case r.form != nil:
		return []byte(r.form.Encode()), "application/x-www-form-urlencoded", nil
	case r.upload != nil:
		return r.upload.encode()
	default:
		return nil, "", nil
	}
}

func (u *upload) encode() (body []byte, contentType string, err error) {
	var buffer bytes.Buffer
	form := multipart.NewWriter(&buffer)
	if err := form.WriteField("title", u.title); err != nil {
		return nil, "", err
	}
	file, err := form.CreateFormFile("file", u.fileName)
	if err != nil {
		return nil, "", err
	}
	if _, err := file.Write(u.content); err != nil {
		return nil, "", err
	}
	if err := form.Close(); err != nil {
		return nil, "", err
	}
	return buffer.Bytes(), form.FormDataContentType(), nil
}

// token returns a user's token. The first time it logs the user in.
func (v *visitor) token(ctx context.Context, user string) (string, error) {
	if token := v.tokens[user]; token != "" {
		return token, nil
	}
	var answer struct{ Token string }
	err := v.call(ctx, request{
		method: http.MethodPost,
		path:   "/api/auth/token/",
		want:   http.StatusOK,
		form:   url.Values{"username": {user}, "password": {seedPassword}},
	}, &answer)
	v.tokens[user] = answer.Token
	return answer.Token, err
}

func (v *visitor) cookie(name string) string {
	base, err := url.Parse(v.base)
	if err != nil { // cannot happen: calls were made to it
		return ""
	}
	for _, cookie := range v.http.Jar.Cookies(base) {
		if cookie.Name == name {
			return cookie.Value
		}
	}
	return ""
}
