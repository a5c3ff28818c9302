package evidence_test

import (
	"bytes"
	"database/sql"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"akita/test/leaks/evidence"
)

// planted is a name that leaks. Each row has it in another encoding.
const planted = "Sofia.Okafor"

func TestPlantedLeaksAreFound(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a key":                  `{"request": {"fields": {"Sofia.Okafor": 1}}}`,
		"a string":               `{"name": "Sofia.Okafor"}`,
		"lower case":             `{"name": "sofia.okafor"}`,
		"escaped":                `{"name": "\u0053ofia.Okafor"}`,
		"a host":                 `{"host": "sofia.okafor.example:8080"}`,
		"a subdomain":            `{"host": "www.sofia.okafor"}`,
		"a user of a URL":        `{"host": "sofia.okafor:x@clinic.example"}`,
		"a password of a URL":    `{"host": "clerk:Sofia.Okafor@clinic.example"}`,
		"a port":                 `{"host": "clinic.example:Sofia.Okafor"}`,
		"a segment":              `{"path": "/people/Sofia.Okafor/beds"}`,
		"a query name":           `{"url": "/people?page=2&Sofia.Okafor=1"}`,
		"a media type":           `{"media_type": "application/Sofia.Okafor"}`,
		"a vendor's media type":  `{"media_type": "application/vnd.Sofia.Okafor+json"}`,
		"a parameter of a type":  `{"media_type": "multipart/form-data; boundary=Sofia.Okafor"}`,
		"a file name":            `{"file": "Sofia.Okafor.pdf"}`,
		"an e-mail address":      `{"mail": "Sofia.Okafor@mailbox.example"}`,
		"a cookie":               `{"cookie": "theme=x; Sofia.Okafor=1"}`,
		"a parameter's template": `{"path": "/people/{Sofia.Okafor}"}`,
	} {
		s := evidence.New()
		s.Add([]byte(text))
		if !s.Has(planted) {
			t.Errorf("%s: not found in %s", name, text)
		}
	}
}

func TestNamesThatDoNotLeakAreNotFound(t *testing.T) {
	t.Parallel()
	s := evidence.New()
	s.Add([]byte(`{"sofia": 1, "okafor_ward": "Sofia", "n": 123456, "host": "clinic.example:8080"}`))
	for _, text := range []string{planted, "okafor", "123456", "808"} {
		if s.Has(text) {
			t.Errorf("found %s, which is not there", text)
		}
	}
	if s.Len() == 0 {
		t.Error("nothing was added")
	}
}

func TestDatabase(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	packed := append([]byte("head"), encoder.EncodeAll([]byte(`{"packed.name": 1}`), nil)...)
	for _, statement := range []string{"CREATE TABLE a (k TEXT, v BLOB)", "CREATE TABLE b (k TEXT)"} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.ExecContext(t.Context(), "INSERT INTO a VALUES (?, ?)", "bare.name", packed); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "INSERT INTO b VALUES (?)", `{"json.name": 1}`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := evidence.New()
	if err := s.AddDatabase(path); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"bare.name", "packed.name", "json.name"} {
		if !s.Has(name) {
			t.Errorf("%s was not found", name)
		}
	}
}

func TestTap(t *testing.T) {
	t.Parallel()
	var got string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = r.Method + " " + r.URL.Path + " " + string(body)
	}))
	t.Cleanup(server.Close)
	tap, err := evidence.Listen(server.URL, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		mediaType, body string
		status          int
	}{
		{"application/x-ndjson", "{\"planted\": 1}\n{}\n", http.StatusOK},
		{"application/vnd.akita.delta", "AKD1", http.StatusUnsupportedMediaType},
	} {
		request, err := http.NewRequestWithContext(
			t.Context(), http.MethodPut, tap.URL()+"/api/v1/bundles/b", strings.NewReader(c.body),
		)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", c.mediaType)
		response, err := server.Client().Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if err := response.Body.Close(); err != nil || response.StatusCode != c.status {
			t.Fatalf("%s: status %d, %v; want %d", c.mediaType, response.StatusCode, err, c.status)
		}
	}
	if got != "PUT /api/v1/bundles/b {\"planted\": 1}\n{}\n" {
		t.Errorf("the server got %q", got)
	}
	if !tap.Has("planted") {
		t.Error("the tap did not see the bundle")
	}
	if w := tap.Witnesses(); len(w) != 2 || !bytes.Equal(w[1], []byte("{}\n")) {
		t.Errorf("witnesses %q", w)
	}
	if err := tap.Close(); err != nil {
		t.Error(err)
	}
}
