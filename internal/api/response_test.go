package api

import (
	"io"
	"net/http/httptest"
	"testing"
)

func TestDownload(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"demo.openapi.yaml":  `attachment; filename=demo.openapi.yaml`,
		`my "demo".yaml`:     `attachment; filename="my \"demo\".yaml"`,
		"größe.openapi.yaml": `attachment; filename*=utf-8''gr%C3%B6%C3%9Fe.openapi.yaml`,
		"a;b\r\nX: injected": `attachment; filename*=utf-8''a%3Bb%0D%0AX%3A%20injected`,
	} {
		w := httptest.NewRecorder()
		if err := download(w, "application/yaml", name, func(out io.Writer) error {
			_, err := io.WriteString(out, "openapi: 3.1.0\n")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if got := w.Header().Get("Content-Disposition"); got != want {
			t.Errorf("%q: Content-Disposition is %s, want %s", name, got, want)
		}
		if w.Body.String() != "openapi: 3.1.0\n" {
			t.Errorf("%q: body %q", name, w.Body)
		}
	}
}
