package cli_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// secretCall is a call with a secret in every place where APIs have one. %[1]s is the secret,
// %[2]s the secret escaped for a URL, %[3]s the credentials of Basic authentication.
const secretCall = `{"startedDateTime":"2026-01-05T09:00:00Z","time":12,
"request":{"method":"POST","url":"https://ada:%[1]s@shop.test/files` +
	`?X-Amz-Signature=%[2]s&X-Amz-Credential=%[2]s&Signature=%[2]s&sig=%[2]s&token=%[2]s&access_token=%[2]s` +
	`&api_key=%[2]s&key=%[2]s&password=%[2]s&auth=%[2]s&se=%[2]s-%[2]s#%[2]s",
"headers":[
{"name":"Authorization","value":"Bearer %[1]s"},
{"name":"authorization","value":"Basic %[3]s"},
{"name":"Proxy-Authorization","value":"Basic %[3]s"},
{"name":"Authorization","value":"Digest username=\"%[1]s\", response=\"%[1]s\""},
{"name":"X-Api-Key","value":"%[1]s"},
{"name":"X-Auth-Token","value":"%[1]s"},
{"name":"X-CSRFToken","value":"%[1]s"},
{"name":"X-Shop-Secret","value":"%[1]s"},
{"name":"Cookie","value":"sessionid=%[1]s; csrftoken=%[1]s; remember_token=%[1]s"},
{"name":"Referer","value":"https://shop.test/?token=%[1]s"}],
"cookies":[{"name":"sessionid","value":"%[1]s"},{"name":"csrftoken","value":"%[1]s"}],
"queryString":[{"name":"sig","value":"%[1]s"},{"name":"password","value":"%[1]s"}],
"postData":{"mimeType":"application/json","text":"{` +
	`\"password\":\"%[1]s\",\"client_secret\":\"%[1]s\",\"apiKey\":\"%[1]s\",\"refresh_token\":\"%[1]s\",` +
	`\"credentials\":{\"pin\":\"%[1]s\"},\"otp\":[\"%[1]s\"],` +
	`\"secret\":{\"value\":\"%[1]s\",\"list\":[{\"id\":\"%[1]s\"}]},\"session\":\"%[1]s\",\"state\":\"paid\"}"}},
"response":{"status":200,"statusText":"%[1]s",
"headers":[
{"name":"Set-Cookie","value":"sessionid=%[1]s; HttpOnly"},
{"name":"Location","value":"https://shop.test/done?code=%[1]s"},
{"name":"X-Session-Token","value":"%[1]s"},
{"name":"WWW-Authenticate","value":"Digest nonce=\"%[1]s\""},
{"name":"ETag","value":"\"%[1]s\""}],
"cookies":[{"name":"sessionid","value":"%[1]s"}],
"content":{"mimeType":"application/json","text":"{\"token\":\"%[1]s\",\"access_token\":\"%[1]s\",` +
	`\"url\":\"https://cdn.test/a?Signature=%[2]s\",\"user\":{\"password_hash\":\"%[1]s\"}}"}}}`

// otherSecret replaces the secret in every second call.
const otherSecret = "marlinspike"

// secretForm is a call with secrets in a form and in plain text.
const secretForm = `{"request":{"method":"PUT","url":"/login","postData":{` +
	`"mimeType":"application/x-www-form-urlencoded","text":"username=%[2]s&password=%[2]s&otp=%[2]s"}},
"response":{"status":401,"content":{"mimeType":"text/plain","text":"wrong password %[1]s"}}}`

// No output holds a secret: not even if it is one of two words that all calls repeat, which
// makes an enum of a field with another name; and no message about an entry that cannot be read.
func TestSecretsDoNotLeak(t *testing.T) {
	t.Parallel()
	for name, secret := range map[string]string{
		"a word":    "swordfish",
		"capitals":  "SWORDFISH",
		"a key":     "sk_live_51H8xJ2eZvKYlo2Cq7Nn0aBcD",
		"a JWT":     "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl",
		"base64":    "dGhpcyBpcyBhIHNlY3JldCB2YWx1ZQ==",
		"hex":       "5f011a4f10f7846b266f24fae056cc0d198fad55",
		"a UUID":    "0f8fad5b-d9cb-469f-a165-70867728950e",
		"digits":    "739184650217",
		"a phrase":  "correct horse battery staple",
		"an e-mail": "ada.lovelace@example.test",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fill := func(text string) string {
				basic := base64.StdEncoding.EncodeToString([]byte("ada:" + secret))
				return fmt.Sprintf(text+"%.0[1]s%.0[2]s%.0[3]s", secret, url.QueryEscape(secret), basic)
			}
			entry := fill(secretCall)
			noCall := `{"request":{"method":"` + secret + `","url":"data:` + secret + `"}}`
			noJSON := `{"` + secret + `":` + secret + `}`
			archived := archive(entry, fill(secretForm), noCall, noJSON) + "\n"
			line := strings.ReplaceAll(entry, "\n", "") + "\n"
			lines := strings.Repeat(line+strings.NewReplacer(secret, otherSecret, "paid", "shipped").Replace(line), 30)
			truncated := entry[:len(entry)/2]
			file := filepath.Join(t.TempDir(), "traffic.har")
			if err := os.WriteFile(file, []byte(archived+lines+truncated), 0o600); err != nil {
				t.Fatal(err)
			}
			_, output := outputs(t, file)
			for _, expected := range []string{"61 calls", "refresh_token", "enum: [paid, shipped]", "skipped"} {
				if !strings.Contains(output, expected) {
					t.Fatalf("the output does not hold %q, so the test proves nothing: %s", expected, output)
				}
			}
			lower := strings.ToLower(output)
			basic := base64.StdEncoding.EncodeToString([]byte("ada:" + secret))
			for _, form := range append(encodings(secret), basic, otherSecret) {
				if strings.Contains(lower, strings.ToLower(form)) {
					t.Errorf("the secret leaks as %s:\n%s", form, lineOf(lower, strings.ToLower(form)))
				}
			}
		})
	}
}

// lineOf returns the first line of a text that holds part.
func lineOf(text, part string) string {
	for line := range strings.Lines(text) {
		if strings.Contains(line, part) {
			return line
		}
	}
	return ""
}

// leaks finds a value in every encoding.
func TestLeaksAreFound(t *testing.T) {
	t.Parallel()
	const value = "Ada Lovelace <ada@x>"
	const entry = `{"request":{"method":"GET","url":"/users","headers":[{"name":"X-Who","value":"` + value + `"}]}}`
	traffic := trafficOf(strings.NewReader(entry))
	for how, output := range map[string]string{
		"verbatim":  "example: " + value,
		"escaped":   "example: Ada+Lovelace+%3Cada%40x%3E",
		"in JSON":   `"Ada Lovelace \u003cada@x\u003e"`,
		"in base64": base64.StdEncoding.EncodeToString([]byte(value)),
		"in hex":    hex.EncodeToString([]byte(value)),
		"in lower":  strings.ToLower(value),
	} {
		if len(traffic.leaks(output)) == 0 {
			t.Errorf("%s: not found in %s", how, output)
		}
	}
	if leaks := traffic.leaks("GET /users, X-Who: string"); len(leaks) > 0 {
		t.Errorf("names are reported as values: %v", leaks)
	}
}
