package download

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func TestIndex(t *testing.T) {
	t.Parallel()
	f := setup(t)
	page := f.get("/download/")
	var index offers
	if err := json.Unmarshal([]byte(f.get("/download/index.json")), &index); err != nil {
		t.Fatal(err)
	}
	if index.Version != "1.2.3" || len(index.Items) != 4 {
		t.Fatalf("index %+v", index)
	}
	for _, item := range index.Items {
		if content := f.get(item.URL); sum(content) != item.SHA256 || int64(len(content)) != item.Size {
			t.Errorf("%s: wrong size or checksum", item.Name)
		}
		if !strings.Contains(page, item.URL) || !strings.Contains(page, item.SHA256) {
			t.Errorf("the page lacks %s", item.Name)
		}
	}
}

func TestPythonIndex(t *testing.T) {
	t.Parallel()
	f := setup(t)
	if page := f.get("/simple/"); !strings.Contains(page, `<a href="/simple/akita-django/">akita-django</a>`) {
		t.Errorf("index: %s", page)
	}
	page := f.get("/simple/akita-django/")
	pattern := regexp.MustCompile(`<a href="([^"#]+)#sha256=([0-9a-f]{64})" data-requires-python="&gt;=3.11">`)
	link := pattern.FindStringSubmatch(page)
	if link == nil {
		t.Fatalf("no link in the format of PEP 503: %s", page)
	}
	if content := f.get(link[1]); sum(content) != link[2] {
		t.Error("the wheel does not have the checksum in its link")
	}
}

func TestPythonNamesAreNormalized(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for _, name := range []string{"Akita_Django/", "akita.django/", "akita--django", "akita-django"} {
		path := "/simple/" + name
		w := f.do("GET", path)
		if w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != "/simple/akita-django/" {
			t.Errorf("%s: status %d to %q", path, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestWithoutAWheel(t *testing.T) {
	t.Parallel()
	f := setup(t, func(c *Config) { c.Python = fstest.MapFS{".gitkeep": {}} })
	f.get("/simple/")
	w := f.do("GET", "/simple/akita-django/")
	if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "make build") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
}
