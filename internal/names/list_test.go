package names

import (
	"embed"
	"slices"
	"strings"
	"testing"
)

//go:embed words/*.txt
var lists embed.FS

// Every section of every list has words, each of them once, and every block gives its origin.
func TestLists(t *testing.T) {
	t.Parallel()
	files, err := lists.ReadDir("words")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := lists.ReadFile("words/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		for name := range setsOf(string(text)) {
			words := section(string(text), name)
			slices.Sort(words)
			if unique := slices.Compact(slices.Clone(words)); len(words) == 0 || len(unique) < len(words) {
				t.Errorf("%s: section %s has %d words, %d of them unique", file.Name(), name, len(words), len(unique))
			}
		}
		for block := range strings.SplitSeq(string(text), "\n\n") {
			if !strings.Contains(block, "# Origin") {
				t.Errorf("%s: a block does not say its origin:\n%s", file.Name(), block)
			}
		}
	}
}

// Without its section, a predicate would be false for all names.
func TestSectionsExist(t *testing.T) {
	t.Parallel()
	sets := map[string]set{
		"scheme": authSchemes, "header": keyHeaders, "header-ending": keyHeaderEndings, "header-exception": notKeys,
		"signing-scheme": signingSchemes, "signed-header": signedHeaders, "query-ending": keyEndings,
		"client header": clientHeaders, "client word": clientWords, "description": clientDescriptions,
		"query": keyParameters, "cookie": sessionCookies,
		"request": requestHeaders.names, "request-exception": requestHeaders.exceptions,
		"response": responseHeaders.names, "response-exception": responseHeaders.exceptions,
		"word": privateWords, "sort": sorts, "code": codeNames, "secret": secretWords, "personal": personalWords,
		"choice": choices, "user-chosen": userChosen, "named": named, "amount": amounts,
		"wrapper": wrappers, "invariant": invariant, "plural": pluralOnly,
		"pronoun": pronouns, "reserved": reserved, "special": special, "verb": verbs, "versioned": versioned,
		"action": actions, "marked": marked, "api": api, "dated": dated, "compression": compressed, "picture": pictures,
		"domain": domains, "subdomain": subdomains,
		"file": fileEndings, "label": hostLabels, "top-level": topLevelDomains, "stage": stages,
		"method": methods, "opaque scheme": opaqueSchemes, "YAML keyword": yamlKeywords,
		"segment converter": segmentConverters, "service": service, "path": browserPaths,
	}
	for name, s := range sets {
		if len(s()) == 0 {
			t.Errorf("section %s has no words", name)
		}
	}
	lists := map[string][]string{
		"cookie-part": sessionParts, "cookie-ending": sessionEndings, "csrf": csrfParts, "tracker": trackerPrefixes,
		"request-prefix": requestHeaders.prefixes, "response-prefix": responseHeaders.prefixes,
		"client prefix": clientPrefixes, "part": privateParts, "ending": privateEndings, "kind-ending": kindEndings,
	}
	for name, words := range lists {
		if len(words) == 0 {
			t.Errorf("section %s has no words", name)
		}
	}
	if len(kindRanks) == 0 || len(irregular) == 0 || len(hints) == 0 {
		t.Error("a list of ranks, plurals or hints is empty")
	}
}

func TestSection(t *testing.T) {
	t.Parallel()
	const file = "# About a.\n[a]\n# Origin: x.\none\ntwo\n\n# Origin: y.\nthree\n\n[b]\nfour"
	tests := map[string][]string{"a": {"one", "two", "three"}, "b": {"four"}, "c": nil}
	for name, want := range tests {
		if got := section(file, name); !slices.Equal(got, want) {
			t.Errorf("section %s is %q, want %q", name, got, want)
		}
	}
}

// Headers are looked up for every call, so the lookup must not allocate.
func TestLookupsDoNotAllocate(t *testing.T) {
	tests := map[string]func(string) bool{
		"IsRequestHeader": IsRequestHeader, "IsResponseHeader": IsResponseHeader, "IsCredentialHeader": IsCredentialHeader,
		"IsCredentialParameter": IsCredentialParameter, "IsCSRF": IsCSRF, "IsTrackerCookie": IsTrackerCookie,
	}
	for name, lookup := range tests {
		for _, header := range []string{"Accept-Language", "X-Tenant", "X-Api-Key", "If-Match", "traceparent", "page"} {
			if allocs := testing.AllocsPerRun(10, func() { lookup(header) }); allocs > 0 {
				t.Errorf("%s(%q) makes %v allocations", name, header, allocs)
			}
		}
	}
}

func TestAppendLower(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Ab", 100)
	tests := map[string]string{
		"": "", "X-Api-Key": "x-api-key", "GRÖSSE": "grösse", long: strings.ToLower(long),
	}
	for text, want := range tests {
		var buf [lowerSize]byte
		if got := string(appendLower(buf[:0], text)); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
