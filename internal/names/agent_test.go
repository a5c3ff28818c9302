package names_test

import (
	"strings"
	"testing"

	"akita/internal/names"
)

func TestAgentFamily(t *testing.T) {
	t.Parallel()
	const webKit = "AppleWebKit/537.36 (KHTML, like Gecko)"
	for userAgent, want := range map[string]string{
		"":                                       "",
		"curl/8.5.0":                             "curl",
		"CURL/8.5.0":                             "curl",
		"curl":                                   "curl",
		"Wget/1.21.4":                            "Wget",
		"okhttp/4.12.0":                          "okhttp",
		"python-requests/2.31.0":                 "python-requests",
		"axios/1.6.2":                            "axios",
		"Go-http-client/2.0":                     "Go-http-client",
		"PostmanRuntime/7.36.0":                  "Postman",
		"python-httpx/0.27.0":                    "python-httpx",
		"Python/3.11 aiohttp/3.9.1":              "aiohttp",
		"Apache-HttpClient/4.5.14 (Java/17.0.9)": "Apache-HttpClient",
		"Shop/12 CFNetwork/1490.0.4 Darwin/23.2.0":                "CFNetwork",
		"Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/UQ1A)": "Android",
		"got (https://github.com/sindresorhus/got)":               "got",
		"node": "node",
		"Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko Firefox/121":                              "browser",
		"Mozilla/5.0 (X11; Linux x86_64) " + webKit + " Chrome/120.0.0.0 Safari/537.36":            "browser",
		"Mozilla/5.0 " + webKit + "; compatible; GPTBot/1.2; +https://openai.com/gptbot)":          "GPTBot",
		"Mozilla/5.0 " + webKit + "; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)":         "ClaudeBot",
		"Mozilla/5.0 " + webKit + " Safari/537.36 (compatible; Bytespider; feedback@example.test)": "Bytespider",
		"Mozilla/5.0 " + webKit + " Chrome/120.0 Safari/537.36 (compatible; AcmeBot/1.0)":          "bot",
		"claude-cli/1.0.3 (external, cli)":                                                         "claude-code",
		"Mozilla/5.0":                                                                              "",
		"acme-mobile/3.2 (anna@example.test)":                                                      "",
		"robotics-lab/1.0 (curl)":                                                                  "",
		"secret-" + strings.Repeat("x", 5000) + " curl/8.5.0":                                      "",
		"\xff\x00curl/8":    "curl",
		"bot":               "bot",
		"anna-chrome-lover": "",
	} {
		if got := names.AgentFamily(userAgent); got != want {
			t.Errorf("family of %q is %q, want %q", userAgent, got, want)
		}
	}
}

// Whatever a header holds, its family is a word of the list.
func FuzzAgentFamily(f *testing.F) {
	for _, seed := range []string{"curl/8.5.0", "Mozilla/5.0 (compatible; AcmeBot/1.0)", "/", "bot", "ñcurl/1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, userAgent string) {
		if got := names.AgentFamily(userAgent); got != "" && !names.IsAgentFamily(got) {
			t.Errorf("family of %q is %q, which is no word of the list", userAgent, got)
		}
	})
}
