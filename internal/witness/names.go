package witness

import (
	"strings"

	"akita/internal/format"
	"akita/internal/har"
	"akita/internal/shape"
)

// credentials tells how a call authenticated. A header, a cookie or a query parameter
// counts where its name says that it is a credential; values are looked at only to tell a
// scheme from another and a JWT from an opaque token.
func credentials(e *har.Entry, query []har.Pair) []Auth {
	var found []Auth
	add := func(a Auth) {
		if a.Name != "" && shape.IsDataParameter(a.Name) {
			a.Name = withheld
		}
		for _, f := range found {
			if f == a {
				return
			}
		}
		found = append(found, a)
	}
	for _, h := range e.Request.Headers {
		switch h.Name {
		case "Host", "User-Agent", "Accept", "Content-Type", "Content-Length", "X-Request-Id", "Cookie":
			continue
		}
		switch name := strings.ToLower(h.Name); {
		case h.Value == "":
		case name == "authorization":
			add(authorization(h.Value))
		case isKeyHeader(name):
			add(Auth{Type: AuthAPIKey, In: "header", Name: name})
		}
	}
	for _, q := range query {
		if isQueryCredential(q.Name) && q.Value != "" {
			add(Auth{Type: AuthAPIKey, In: "query", Name: q.Name})
		}
	}
	for _, c := range cookies(e) {
		if isSessionCookie(c.Name) && c.Value != "" {
			add(Auth{Type: AuthCookie, In: "cookie", Name: c.Name})
		}
	}
	return found
}

// withheld stands for the name of a credential that may say whose it is.
const withheld = "withheld"

// authorization reads the scheme of an Authorization header (RFC 9110, section 11.4).
// A scheme of its own, such as Django REST Framework's "Token", is an API key in that header.
func authorization(value string) Auth {
	scheme, token, _ := strings.Cut(strings.TrimSpace(value), " ")
	switch strings.ToLower(scheme) {
	case "basic":
		return Auth{Type: AuthBasic}
	case "digest":
		return Auth{Type: AuthDigest}
	case "bearer":
		a := Auth{Type: AuthBearer}
		if format.Valid(format.JWT, strings.TrimSpace(token)) {
			a.Format = "JWT"
		}
		return a
	case "negotiate", "ntlm", "hoba", "mutual", "scram-sha-1", "scram-sha-256", "vapid", "aws4-hmac-sha256", "hawk", "oauth":
		return Auth{Type: AuthOther, In: "header", Name: "authorization"}
	}
	return Auth{Type: AuthAPIKey, In: "header", Name: "authorization"}
}

// isKeyHeader tells names of headers that carry a credential, in lower case: those that end
// in a word for one, such as "x-api-key", unless another word says that it opens nothing.
func isKeyHeader(name string) bool {
	switch name {
	case "apikey", "x-apikey", "x-authorization":
		return true
	}
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' })
	if len(words) < 2 || isCSRF(name) {
		return false
	}
	switch words[len(words)-1] {
	case "token", "key", "apikey", "secret", "jwt":
	default:
		return false
	}
	for _, word := range words {
		switch word {
		case "idempotency", "dedup", "deduplication", "cache", "surrogate", "partition", "routing", "sort", "page", "continuation", "next", "sync", "cursor", "websocket", "push", "registration", "encryption", "public", "request", "correlation", "trace", "message", "object", "foreign", "primary":
			return false
		}
	}
	return true
}

// isCSRF tells names of CSRF tokens: they guard a session and are no credential.
func isCSRF(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "csrf") || strings.Contains(name, "xsrf")
}

func isQueryCredential(name string) bool {
	switch strings.ToLower(name) {
	case "api_key", "apikey", "api-key", "access_token", "auth_token", "x-api-key", "token", "auth", "signature", "sig", "x-amz-signature", "x-amz-credential", "x-amz-security-token", "subscription-key":
		return true
	}
	return false
}

// isSessionCookie tells the names that frameworks give to session cookies.
func isSessionCookie(name string) bool {
	lower := strings.ToLower(name)
	lower = strings.TrimPrefix(strings.TrimPrefix(lower, "__host-"), "__secure-")
	switch lower {
	case "sid", "connect.sid", "jsessionid", "phpsessid", "asp.net_sessionid", ".aspxauth", "jwt", "token", "auth", "access_token", "refresh_token", "id_token", "remember_token", "koa.sess", "laravel_session", "_gitlab_session":
		return true
	}
	return !isCSRF(lower) && (strings.Contains(lower, "session") || strings.HasSuffix(lower, "sessid") || strings.HasSuffix(lower, "_sid") || strings.HasSuffix(lower, "auth") || strings.HasSuffix(lower, "_token"))
}

// isTracker tells cookies that analytics set in the browser: they are not the API's.
func isTracker(name string) bool {
	for _, prefix := range []string{"_ga", "_gid", "_gat", "_fbp", "_fbc", "__utm", "_hj", "amplitude", "mp_", "intercom-", "optimizely", "_pk_", "ajs_"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// isAPIHeader tells request headers that a client of this API chose to send from those that
// every HTTP client, browser or proxy sends.
func isAPIHeader(name string) bool {
	switch name { // nearly all of what is sent, without a look at the rest
	case "Host", "User-Agent", "Accept", "Accept-Encoding", "Accept-Language", "Connection", "Content-Type", "Content-Length", "Authorization", "Cookie", "Referer", "Origin", "X-Request-Id", "X-Request-ID":
		return false
	}
	name = strings.ToLower(name)
	if isCSRF(name) || isKeyHeader(name) || strings.HasPrefix(name, ":") {
		return false
	}
	for _, prefix := range []string{"sec-", "proxy-", "x-forwarded-", "x-real-", "cf-", "x-amzn-", "x-amz-cf-", "x-b3-", "x-heroku-", "x-envoy-", "x-datadog-", "x-cloud-", "fly-", "x-vercel-", "access-control-", "if-", "accept"} {
		if strings.HasPrefix(name, prefix) {
			return name == "if-match"
		}
	}
	switch name {
	case "host", "user-agent", "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "upgrade-insecure-requests", "content-length", "content-type", "content-encoding", "content-language", "authorization", "cookie", "origin", "referer", "date", "via", "from", "forwarded", "expect", "pragma", "cache-control", "dnt", "range", "priority", "purpose",
		"x-request-id", "x-correlation-id", "x-request-start", "x-requested-with", "traceparent", "tracestate", "baggage", "sentry-trace", "x-trace-id", "x-http-method-override", "save-data", "x-client-ip", "true-client-ip", "connect-time", "total-route-time", "remote-addr", "x-amz-date", "x-amz-content-sha256", "x-amz-user-agent":
		return false
	}
	return true
}

// isAPIResponseHeader tells response headers that the API's own code sets.
func isAPIResponseHeader(name string) bool {
	switch name {
	case "Content-Type", "Content-Length", "Date", "Server", "Vary", "Allow", "Connection", "Cache-Control", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Set-Cookie":
		return false
	}
	name = strings.ToLower(name)
	for _, prefix := range []string{"access-control-", "content-", "cross-origin-", "sec-", "cf-", "x-amzn-", "x-amz-cf-", "x-amz-apigw-", "x-envoy-", "x-vercel-", "x-b3-", "fly-", "x-github-request"} {
		if strings.HasPrefix(name, prefix) {
			return name == "content-disposition" || name == "content-range" || name == "content-location"
		}
	}
	switch name {
	case "x-frame-options", "x-content-type-options", "x-xss-protection", "x-powered-by", "x-request-id", "x-correlation-id", "x-trace-id", "x-runtime", "x-cache", "x-cache-hits", "x-served-by", "x-timer", "x-permitted-cross-domain-policies", "x-download-options", "x-dns-prefetch-control", "x-ua-compatible", "x-robots-tag", "x-amz-id-2", "x-amz-request-id",
		"date", "server", "vary", "allow", "connection", "keep-alive", "cache-control", "expires", "pragma", "age", "via", "set-cookie", "transfer-encoding", "trailer", "upgrade", "accept-ranges", "alt-svc", "strict-transport-security", "referrer-policy", "permissions-policy", "feature-policy", "expect-ct", "nel", "report-to", "reporting-endpoints", "server-timing", "timing-allow-origin", "origin-agent-cluster", "traceparent", "tracestate", "p3p", "status", "content-type", "content-length", "proxy-authenticate", "clear-site-data", "source-map", "sourcemap":
		return false
	}
	return !strings.HasPrefix(name, ":")
}
