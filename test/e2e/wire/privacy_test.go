package wire_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// dictionary holds names of people, places, medicines and remarks. None of its words is a name
// in the API.
var dictionary = strings.Fields(`
	Eleonora Thaddeus Marguerite Bartholomew Wilhelmina Cornelius Philippa Montgomery Rosalind Ferdinand
	Abernathy Kowalczyk Papadopoulos Vandermeer Oyelaran Fitzwilliam Nakagawa Szczepanski Lindqvist Castellanos
	Reykjavik Ouagadougou Thessaloniki Novosibirsk Antananarivo Guadalajara Ljubljana Wollongong Chattanooga Samarkand
	hydrocodone levothyroxine metformin sertraline amoxicillin warfarin gabapentin clonazepam marzipan rhododendron
	correcthorsebattery hunter2hunter2 trustno1please swordfish99 qwertzuiop123`)

// secrets returns the words, and the e-mail addresses and numbers that are made of them.
func secrets() []string {
	all := slices.Clone(dictionary)
	for i, word := range dictionary[:20] {
		all = append(
			all,
			fmt.Sprintf("%s.%s@mailbox.example", strings.ToLower(word), strings.ToLower(dictionary[(i+7)%20])),
		)
	}
	for i := range 20 {
		all = append(all, fmt.Sprint(470_911_000_000+int64(i)*7_919_003)) // account numbers
	}
	return all
}

// spoken returns call number i. Every place of it that holds a value holds a secret.
func spoken(i int, word func() string) map[string]any {
	pair := func(name, value string) map[string]any { return map[string]any{"name": name, "value": value} }
	text := func(value any) string {
		data, _ := json.Marshal(value) // strings and maps of them
		return string(data)
	}
	answers := []struct{ mediaType, text string }{
		{"application/json", text(map[string]any{
			"grandtotal": word(), "people": []any{map[string]any{"first": word(), "last": word()}, word()},
			"by_email": map[string]any{
				"a." + strings.ToLower(word()) + "@mailbox.example": 1,
				"b." + strings.ToLower(word()) + "@mailbox.example": 2,
			},
		})},
		{"text/plain", word() + " " + word()},
		{"application/xml", "<person><name>" + word() + "</name></person>"},
		{"text/event-stream", "data: " + text(map[string]string{"token": word()}) + "\n\n"},
		{"application/x-ndjson", text(map[string]string{"line": word()}) + "\n"},
		{"application/json", `{"torn": "` + word()},
		{"application/octet-stream", word()},
	}
	asked := []map[string]any{
		{"mimeType": "application/json", "text": text(map[string]any{"password": word(), "note": word()})},
		{
			"mimeType": "application/x-www-form-urlencoded",
			"text":     url.Values{"user": {word()}, "comment": {word()}}.Encode(),
		},
		{"mimeType": "multipart/form-data; boundary=" + url.QueryEscape(word()), "params": []any{
			map[string]any{
				"name":        "upload",
				"fileName":    word() + ".pdf",
				"contentType": "application/pdf",
				"value":       word(),
			},
			pair("title", word()),
		}},
	}
	target := url.URL{
		Scheme: "http", User: url.UserPassword(word(), word()), Host: "clinic.example", Path: "/people/" + word() + "/",
		RawQuery: url.Values{"q": {word()}}.Encode(), Fragment: word(),
	}
	return map[string]any{
		"startedDateTime": time.Now().UTC().Format(time.RFC3339Nano), "time": 3.5, "comment": word(),
		"request": map[string]any{
			"method": "POST", "httpVersion": "HTTP/1.1", "url": target.String(),
			"headers": []any{
				pair("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(word()+":"+word()))),
				pair(
					"X-Api-Key",
					word(),
				), pair("User-Agent", word()), pair("Cookie", "sessionid="+word()+"; theme="+word()),
				pair("Referer", "http://clinic.example/"+word()), pair("X-Patient", word()),
				pair("X-Forwarded-For", "203.0.113.77"),
			},
			"cookies": []any{pair("sessionid", word()), pair("theme", word())}, "queryString": []any{pair("q", word())},
			"postData": asked[i%len(asked)],
		},
		"response": map[string]any{
			"status": 200, "statusText": word(),
			"headers": []any{
				pair("Location", "/people/"+word()), pair("Set-Cookie", "sessionid="+word()),
				pair("X-Trace-Of", word()),
			},
			"content": map[string]any{
				"mimeType": answers[i%len(answers)].mediaType,
				"text":     answers[i%len(answers)].text,
			},
		},
		"_akita": map[string]any{
			"route": "people/<slug:name>/", "converters": map[string]string{"name": "slug"}, "view": "clinic.views.person",
		},
	}
}

// TestNoSecretIsStored sends secrets, and then searches for them as an attacker would who has the
// disks and logs of daemon and server, and a dictionary.
func TestNoSecretIsStored(t *testing.T) {
	t.Parallel()
	p := start(t)
	ctx := contextFor(t, 2*time.Minute)
	trace, err := p.api.StartTrace(ctx, project, time.Hour)
	check(t, err)
	m := newMiddleware(t, p.DaemonURL(), "clinic")
	check(t, m.activated(ctx, trace))
	words, next := secrets(), 0
	word := func() string { next++; return words[next%len(words)] }
	const calls, batch = 200, 20
	for range calls / batch {
		var events []any
		for i := range batch {
			events = append(events, spoken(i, word))
		}
		check(
			t,
			m.sendEvents(
				ctx,
				trace,
				map[string]any{"client_name": m.name, "batch_id": fmt.Sprint(next), "trace_events": events},
			),
		)
	}
	// The daemon must not keep or log what it cannot parse either.
	status, err := m.post(
		ctx,
		"/traces/"+trace.Name+"/events",
		map[string]any{"client_name": m.name, "trace_events": []any{word(), map[string]any{word(): word()}}},
		nil,
	)
	check(t, err)
	if status != http.StatusUnprocessableEntity {
		t.Errorf("an invalid call is answered with %d", status)
	}
	p.waitForModel(calls)

	search := func(when string, words []string) map[string]string {
		h := newHunt(words)
		h.searchFolder(t, p.DaemonData)
		h.searchFolder(t, p.ServerData)
		h.search("the daemon's log", []byte(p.daemon.Tail()))
		h.search("the server's log", []byte(p.server.Tail()))
		if when == "after" {
			for _, name := range []string{"akita.db", "queue.db"} {
				h.searchDatabase(t, filepath.Join(p.ServerData, name))
			}
		}
		return h.found
	}
	check(t, p.daemon.Stop(context.WithoutCancel(ctx)))
	during := search("during", words)
	check(t, p.server.Stop(context.WithoutCancel(ctx)))
	after := search("after", words)
	for when, found := range map[string]map[string]string{"while the server runs": during, "afterwards": after} {
		for what, where := range found {
			t.Errorf("%s: %s is in %s", when, what, where)
		}
	}
	// The name of a field must be in the daemon's spool and in the server's model. Otherwise
	// the search looked in the wrong place.
	if found := search("after", []string{"grandtotal"}); len(found) == 0 {
		t.Error("the search did not find a field name that must be stored")
	}
}
