package posture_test

import (
	"fmt"
	"strings"
	"testing"

	"akita/internal/compare"
	"akita/internal/posture"
)

const bearer = "Authorization: Bearer abc"

func TestOf(t *testing.T) {
	t.Parallel()
	with := func(c call) call { c.headers = append(c.headers, bearer); return c }
	const user = `{"id": 1, "email": "ada@shop.test"}`
	tests := map[string]struct {
		calls []call
		want  []string // "severity rule at value"; a "?" for not enough evidence
	}{
		"a protected read":   {[]call{with(call{url: "/items", gets: `{"id": 1}`})}, nil},
		"an open read":       {[]call{{url: "/items", gets: `{"id": 1}`}}, []string{"info open_read request.auth none"}},
		"an open write":      {[]call{{method: "POST", url: "/items", status: 201}}, []string{"warning open_write request.auth none"}},
		"an open preflight":  {[]call{{method: "OPTIONS", url: "/items", status: 204}}, []string{"info open_read request.auth none"}},
		"a mixed read":       {[]call{with(call{url: "/items"}), {url: "/items"}}, []string{"info mixed_read request.auth mixed"}},
		"a mixed write":      {[]call{with(call{method: "PUT", url: "/items/1"}), {method: "PUT", url: "/items/1"}}, []string{"warning mixed_write request.auth mixed"}},
		"a refused read":     {[]call{{url: "/items", status: 401}, with(call{url: "/items", status: 403})}, []string{"info rejected_only request.auth rejected_only"}},
		"redirects":          {[]call{with(call{url: "/items"}), {url: "/items", status: 302}}, []string{"info unclear_access request.auth unclear?"}},
		"a key in the query": {[]call{{url: "/items?api_key=abc"}}, []string{"breaking credential_in_url query.api_key token"}},
		"a signed URL": {
			[]call{{url: "/x?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Date=b&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=c"}},
			nil,
		},
		"a password in the query": {
			[]call{with(call{url: "/items?password=hunter2"})}, []string{"breaking sensitive_in_url query.password password"},
		},
		"an email in the query": {
			[]call{with(call{url: "/items?q=ada@shop.test"})}, []string{"warning sensitive_in_url query.q contact"},
		},
		"an email in the path": {
			[]call{with(call{url: "/users/ada@shop.test", route: "users/<str:who>"})},
			[]string{"warning sensitive_in_url path.who contact"},
		},
		"an email in an answer":      {[]call{with(call{url: "/me", gets: user})}, []string{"info sensitive response.body.email contact"}},
		"an email in an open answer": {[]call{{url: "/me", gets: user}}, []string{"info open_read request.auth none", "warning sensitive_without_credentials response.body.email contact"}},
		"a number of a state in an open answer": {
			[]call{{url: "/me", gets: `{"ssn": "078-05-1120"}`}},
			[]string{"info open_read request.auth none", "breaking sensitive_without_credentials response.body.ssn government_id"},
		},
		"an email in some answers of a mixed read": {
			[]call{with(call{url: "/me", gets: user}), {url: "/me", gets: `{"id": 1}`}},
			[]string{"info mixed_read request.auth mixed", "warning sensitive_without_credentials response.body.email contact?"},
		},
		"an email in all answers of a mixed read": {
			[]call{with(call{url: "/me", gets: user}), {url: "/me", gets: user}},
			[]string{"info mixed_read request.auth mixed", "warning sensitive_without_credentials response.body.email contact"},
		},
		"emails of a list of a mixed read": {
			[]call{with(call{url: "/users", gets: "[" + user + "," + user + "]"}), {url: "/users", gets: "[]"}},
			[]string{"info mixed_read request.auth mixed", "warning sensitive_without_credentials response.body[].email contact?"},
		},
		"an email in an answer that refuses": {
			[]call{with(call{url: "/me"}), {url: "/me", status: 403, gets: `{"admin": "ada@shop.test"}`}},
			[]string{"info sensitive response.body.admin contact"},
		},
		"a login": {
			[]call{{method: "POST", url: "/login", sends: `{"email": "a@shop.test", "password": "x"}`, gets: `{"token": "t", "email": "a@shop.test"}`}},
			[]string{
				"info login request.auth none", "info sensitive request.body.email contact", "info sensitive request.body.password password",
				"info sensitive response.body.email contact", "info login response.body.token token",
			},
		},
		"a token without a login": {
			[]call{{url: "/config", gets: `{"api_key": "t"}`}},
			[]string{"info open_read request.auth none", "breaking sensitive_without_credentials response.body.api_key token"},
		},
		"a password in an answer": {
			[]call{with(call{url: "/me", gets: `{"password_hash": "t"}`})},
			[]string{"breaking password_in_response response.body.password_hash password"},
		},
		"a header of an answer": {
			[]call{with(call{url: "/me", answers: []string{"X-User-Email: ada@shop.test"}})},
			[]string{"info sensitive response.header.x-user-email contact"},
		},
		"a cookie and a header of a request": {
			[]call{with(call{url: "/me", headers: []string{"X-Patient-Email: ada@shop.test", "Cookie: email=ada@shop.test"}})},
			[]string{"info sensitive cookie.email contact", "info sensitive header.x-patient-email contact"},
		},
	}
	for name, test := range tests {
		var got []string
		for _, f := range posture.Of(infer(t, test.calls...), nil) {
			mark := ""
			if f.Verdict == compare.NotEnough {
				mark = "?"
			}
			got = append(got, fmt.Sprintf("%s %s %s %s%s", f.Severity, f.Rule, f.At, f.Value, mark))
			if f.Kind != compare.Posture || f.Message == "" || f.Seen.For == 0 || f.Seen.For > f.Seen.Of || f.Seen.First.IsZero() {
				t.Errorf("%s: %+v", name, f)
			}
		}
		if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
			t.Errorf("%s:\n got  %s\n want %s", name, strings.Join(got, "\n      "), strings.Join(test.want, "\n      "))
		}
	}
}
