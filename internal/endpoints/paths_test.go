package endpoints_test

import (
	"slices"
	"strings"
	"testing"

	"akita/internal/endpoints"
	"akita/internal/har"
)

// asksFirst makes a call a CORS preflight.
func asksFirst(e *har.Entry) {
	e.Request.Method = "OPTIONS"
	header("Origin", "https://app.test")(e)
	header("Access-Control-Request-Method", "PUT")(e)
}

func withMethod(method string) func(*har.Entry) {
	return func(e *har.Entry) { e.Request.Method = method }
}

// operations returns the operations that are inferred from calls, sorted.
func operations(calls []har.Entry) (found []string) {
	for _, e := range model(calls).Overview(endpoints.Filter{}).Endpoints {
		found = append(found, e.Method+" "+e.Path)
	}
	slices.Sort(found)
	return found
}

// Each row has calls and the operations that they must become.
func TestWhatIsNoOperationOfItsOwn(t *testing.T) {
	t.Parallel()
	const topic = `{"slug":"x","title":"y","datasets":[]}`
	for name, test := range map[string]struct {
		calls []har.Entry
		want  []string
	}{
		"a preflight": {
			calls: []har.Entry{call("/users/7", 204, "", asksFirst), call("/users/7", 204, "", withMethod("PUT"))},
			want:  []string{"PUT /users/{userId}"},
		},
		"nothing but a preflight": {
			calls: []har.Entry{call("/users/7", 204, "", asksFirst)},
		},
		"a preflight of a known route": {
			calls: []har.Entry{call("/users/7", 204, "", asksFirst, routed("users/<int:pk>"))},
		},
		"OPTIONS that a client sends is an operation": {
			calls: []har.Entry{call("/users", 200, `{"name":"Users","parses":[]}`, withMethod("OPTIONS"))},
			want:  []string{"OPTIONS /users"},
		},
		"a word that was only ever not modified": {
			calls: []har.Entry{
				call("/books/17", 200, topic), call("/books/18", 200, topic), call("/books/dune", 304, ""),
			},
			want: []string{"GET /books/{bookId}"},
		},
		"not modified beside words": {
			calls: []har.Entry{
				call("/topics/budget", 200, topic), call("/topics/mobility", 200, topic),
				call("/topics/water", 200, topic), call("/topics/energy", 304, ""),
			},
			want: []string{"GET /topics/{topic}"},
		},
		"latest that was only ever not modified": {
			calls: []har.Entry{call("/books/17", 200, topic), call("/books/18", 200, topic), call("/books/latest", 304, "")},
			want:  []string{"GET /books/latest", "GET /books/{bookId}"},
		},
		"generated names of files beside words with the same endings": {
			calls: []har.Entry{
				call("/docs/report.pdf", 200, "", file), call("/docs/letter.pdf", 200, "", file),
				call("/docs/photo.png", 200, "", file), call("/docs/garden.png", 200, "", file),
				call("/docs/8f14e45f-ceea-467f-a0e6-b2d5c2b5d3a1.pdf", 403, ""), call("/docs/notes.tar.gz", 200, "", file),
				call("/docs/0cc175b9-c0f1-46b6-a831-c399e2697726.tar.gz", 403, ""),
			},
			want: []string{"GET /docs/{doc}"},
		},
		"an ending of its own beside words without it": {
			calls: []har.Entry{
				call("/docs/report.png", 200, "", file), call("/docs/letter.jpg", 200, "", file),
				call("/docs/photo.png", 200, "", file), call("/docs/garden.jpg", 200, "", file),
				call("/docs/8f14e45f-ceea-467f-a0e6-b2d5c2b5d3a1.json", 200, topic),
				call("/docs/0cc175b9-c0f1-46b6-a831-c399e2697726.json", 200, topic),
			},
			want: []string{"GET /docs/{docId}.json", "GET /docs/{doc}"},
		},
		"health is a topic where it answers as topics do": {
			calls: []har.Entry{
				call("/topics/budget", 200, topic), call("/topics/health", 200, topic),
				call("/topics/mobility", 200, topic), call("/topics/search", 200, topic),
				call("/topics/water", 200, topic),
			},
			want: []string{"GET /topics/{topic}"},
		},
		"health of its own": {
			calls: []har.Entry{
				call("/nodes/17", 200, topic), call("/nodes/18", 200, topic),
				call("/nodes/health", 200, `{"status":"up","uptime":7}`),
			},
			want: []string{"GET /nodes/health", "GET /nodes/{nodeId}"},
		},
		"a word that leads to ids as ids do": {
			calls: []har.Entry{
				call("/hooks/17/23", 204, "", sends("")), call("/hooks/18/24", 204, "", sends("")),
				call("/hooks/acme/25", 204, "", sends("")),
			},
			want: []string{"POST /hooks/{hookId}/{hookId2}"},
		},
		"a word that leads to other things than ids do": {
			calls: []har.Entry{
				call("/shops/17/23", 200, topic), call("/shops/18/24", 200, topic),
				call("/shops/stock/25", 200, `{"left":1,"sold":2}`),
			},
			want: []string{"GET /shops/stock/{stockId}", "GET /shops/{shopId}/{shopId2}"},
		},
		"ids that lead to ids, and say nothing of the word beside them": {
			calls: []har.Entry{
				call("/api/17/23", 204, "", sends("")), call("/api/18/24", 204, "", sends("")),
				call("/api/stock/25", 204, "", sends("")),
			},
			want: []string{"POST /api/stock/{stockId}", "POST /api/{apiId}/{apiId2}"},
		},
		"me answers as others do, and is one": {
			calls: []har.Entry{
				call("/users/17", 200, topic), call("/users/18", 200, topic), call("/users/me", 200, topic),
			},
			want: []string{"GET /users/me", "GET /users/{userId}"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := operations(test.calls); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// file makes a call answered with a picture.
func file(e *har.Entry) { e.Response.Body = &har.Body{MediaType: "image/png", Text: "x"} }

// Each row is the paths of files that were called, and what they are.
func TestFilesBelowAPrefix(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ paths, want string }{
		"by year and month, and in a folder": {
			"/media/avatars/ann.png /media/avatars/bob.jpg /media/2024/05/cat.jpg /media/2023/06/cow.jpg", "/media/{media}",
		},
		"pictures of one folder":     {"/img/logo.png /img/header.png /img/footer.png", "/img/{img}.png"},
		"pictures in folders":        {"/img/logo.png /img/icons/a.png /img/icons/b.png /img/icons/big/x.png", "/img/{img}"},
		"files with hashes":          {"/assets/index-4f8a9c2d.js /assets/style-9c2d4f8a.css /assets/fonts/i.woff2", "/assets/{asset}"},
		"files of an item are words": {"/users/1/avatar.png /users/1/banner.jpg", "/users/{userId}/avatar.png /users/{userId}/banner.jpg"},
		"files in front are words":   {"/humans.txt /robots.txt /logo.png", "/humans.txt /logo.png /robots.txt"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls []har.Entry
			for path := range strings.FieldsSeq(test.paths) {
				calls = append(calls, call(path, 200, "", file))
			}
			if got := strings.ReplaceAll(strings.Join(operations(calls), " "), "GET ", ""); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
