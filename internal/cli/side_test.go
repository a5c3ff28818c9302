package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/witness"
)

func TestParseSide(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]side{
		"shop":              {project: "shop"},
		"shop@tall-owl-123": {project: "shop", scope: compare.Scope{Trace: "tall-owl-123"}},
		"shop@-7d..-1d":     {project: "shop", scope: compare.Scope{From: "-7d", To: "-1d"}},
		"svc_1@lrn_2":       {project: "svc_1", scope: compare.Scope{Trace: "lrn_2"}},
		"shop@tests:unit":   {project: "shop", scope: compare.Scope{Tests: "unit"}},
		"shop@a@b":          {project: "shop", scope: compare.Scope{Trace: "a@b"}},
	} {
		want.text = text
		if got := parseSide(text); got != want {
			t.Errorf("%s is %+v, want %+v", text, got, want)
		}
	}
}

// readSides reads the sides that are named, from a server that answers with handler.
func readSides(t *testing.T, handler http.HandlerFunc, names ...string) (compare.Recording, error) {
	t.Helper()
	server := httptest.NewServer(handler)
	defer server.Close()
	return readSidesAt(t, server.URL, names...)
}

func readSidesAt(t *testing.T, url string, names ...string) (compare.Recording, error) {
	t.Helper()
	variables := map[string]string{"AKITA_SERVER": url, "AKITA_API_KEY_ID": "apk_1", "AKITA_API_KEY_SECRET": "secret"}
	cmd := &cobra.Command{}
	cmd.SetErr(new(bytes.Buffer))
	cmd.SetContext(t.Context())
	cmd.Flags().String("server", "", "")
	r := sideReader{process: Process{Getenv: func(name string) string { return variables[name] }}}
	return r.recording(cmd, names, nil)
}

// recorded answers with a recording of n calls.
func recorded(t *testing.T, n int) http.HandlerFunc {
	t.Helper()
	m := apimodel.New()
	for range n {
		m.Add(&witness.Witness{Method: "GET", Host: "a.test", Template: "/a", Status: 200})
	}
	body, err := compare.Recording{Model: m}.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/recording") {
			_, _ = w.Write(body)
			return
		}
		_, _ = fmt.Fprint(w, `{"endpoints":[{"first_seen":"2026-01-02T03:04:05Z","last_seen":"2026-02-03T04:05:06Z"}]}`)
	}
}

func TestSidesOfFilesAndProjectsAreOne(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "shop")
	entry := `{"startedDateTime":"2026-01-05T09:00:00Z","request":{"method":"GET","url":"https://a.test/b"},"response":{"status":200}}`
	if err := os.WriteFile(file, []byte(entry+"\n"+entry), 0o600); err != nil {
		t.Fatal(err)
	}
	var queries []string
	answer := recorded(t, 3)
	r, err := readSides(t, func(w http.ResponseWriter, r *http.Request) {
		queries = append(queries, r.URL.RequestURI())
		answer(w, r)
	}, file, "shop@-7d..-1d", "a shop@tall-owl-123")
	if err != nil {
		t.Fatal(err)
	}
	if n := r.Model.Witnesses(); n != 8 {
		t.Errorf("%d calls, want 8", n)
	}
	want := "[/api/v1/projects/shop/model/recording?from=-7d&to=-1d " +
		"/api/v1/projects/a%20shop/model/recording?trace=tall-owl-123]"
	if got := fmt.Sprint(queries); got != want {
		t.Errorf("the requests are %s, want %s", got, want)
	}
}

func TestSidesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	refuse := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			var problem struct{ List string }
			if strings.HasSuffix(r.URL.Path, "/recording") {
				w.Header().Set("Content-Type", "application/problem+json")
				w.WriteHeader(status)
				_, _ = fmt.Fprint(w, body)
				return
			}
			if err := json.Unmarshal([]byte(body), &problem); err != nil {
				t.Error(err)
			}
			_, _ = fmt.Fprint(w, problem.List)
		}
	}
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		side   string
		want   string
	}{
		"no such project": {
			refuse(404, `{"code":"project_not_found","list":"{\"items\":[{\"name\":\"shop\"},{\"name\":\"blog\"}]}"}`), "shpo@-7d..",
			`shpo@-7d..: there is no such file, and no project "shpo" on the server: there is shop, blog`,
		},
		"no project at all": {
			refuse(404, `{"code":"project_not_found","list":"{\"items\":[]}"}`), "shop.har",
			`shop.har: there is no such file, and no project "shop.har" on the server: there is no project yet`,
		},
		"no such trace": {
			refuse(404, `{"code":"trace_not_found","list":"{\"items\":[{\"name\":\"tall-owl-123\"}]}"}`), "shop@tall",
			`shop@tall: project "shop" has no trace "tall": there is tall-owl-123; a range is written as `,
		},
		"a wrong time": {
			refuse(400, `{"code":"invalid_request","errors":[{"field":"from","detail":"must be a time"}]}`), "shop@-7x..",
			"shop@-7x..: from must be a time",
		},
		"a wrong key": {
			refuse(401, `{"code":"invalid_api_key","detail":"The API key is wrong."}`), "shop", " refuses the API key: The API key is wrong.",
		},
		"a proxy":         {refuse(502, `{}`), "shop", "502 Bad Gateway"},
		"no recording":    {func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "<html>") }, "shop", "shop: decode recording: "},
		"no calls":        {recorded(t, 0), "shop@-2d..-1d", `shop@-2d..-1d: there are no calls in -2d..-1d: those of "shop" are from 2026-01-02T03:04:05Z to 2026-02-03T04:05:06Z`},
		"an empty file":   {recorded(t, 1), "-", "standard input: not a HAR file"},
		"a newer version": {func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "\x02") }, "shop", "upgrade akita"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := readSides(t, test.answer, test.side)
			if _, isUsage := errors.AsType[usageError](err); !isUsage || !strings.Contains(err.Error(), test.want) {
				t.Errorf("the error is %v, want %s", err, test.want)
			}
		})
	}
	t.Run("no answer", func(t *testing.T) {
		t.Parallel()
		server := httptest.NewServer(http.NotFoundHandler())
		server.Close()
		want := "shop: the Akita server at " + server.URL + " does not answer: start it, or correct --server"
		if _, err := readSidesAt(t, server.URL, "shop"); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("the error is %v, want %s", err, want)
		}
	})
}
