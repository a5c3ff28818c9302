package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pb33f/libopenapi"

	"akita/test/rig"
)

// planted are the kinds and subjects of what the project contradicts or does not declare. isLiteral says that
// only literal values show it.
var planted = map[[2]string]bool{
	{"mismatched", "auth"}:             false,
	{"mismatched", "enum"}:             true,
	{"mismatched", "format"}:           false,
	{"mismatched", "nullable"}:         false,
	{"mismatched", "required"}:         false,
	{"mismatched", "response_field"}:   false,
	{"mismatched", "type"}:             false,
	{"undocumented", "header"}:         false,
	{"undocumented", "media_type"}:     false,
	{"undocumented", "operation"}:      false,
	{"undocumented", "parameter"}:      false,
	{"undocumented", "request_field"}:  false,
	{"undocumented", "response_field"}: false,
	{"undocumented", "status"}:         false,
}

// rules are those of Ruff for imports, names, bugs and old syntax.
const rules = "--select=E4,E7,E9,F,I,N,B,UP"

// ready imports the patch as its text says.
const ready = `    name = "shop"

    def ready(self):
        from . import akita_schema  # noqa: F401
`

// prove patches a copy of the project, and its document.
func prove(ctx context.Context, c config, version string, of recording) error {
	return rig.InFolder(func(folder string) error {
		s, err := newShop(ctx, c, filepath.Join(folder, project), version)
		if err != nil {
			return err
		}
		if _, err := s.describe(ctx, "openapi.yaml"); err != nil {
			return err
		}
		found, _, err := s.drift(ctx, of, "openapi.yaml")
		if err != nil {
			return err
		}
		if err := arePlanted(found, of.isWhole); err != nil {
			return err
		}
		if err := s.proveOverlay(ctx, of); err != nil {
			return fmt.Errorf("the overlay: %w", err)
		}
		if err := s.proveDjango(ctx, of); err != nil {
			return fmt.Errorf("the Python code: %w", err)
		}
		fmt.Printf("OpenAPI %s, %s: %d findings vanish by the overlay, and by the Python code\n",
			version, of.name, len(found))
		return nil
	})
}

// arePlanted checks that there are findings of all kinds that are planted, and of no other.
func arePlanted(found []finding, isWhole bool) error {
	kinds := make(map[[2]string]bool)
	for _, f := range found {
		kinds[[2]string{f.Kind, f.Subject}] = true
	}
	var errs []error
	for kind, isLiteral := range planted {
		if kinds[kind] != (isWhole || !isLiteral) {
			errs = append(errs, fmt.Errorf("%v is found: %t", kind, kinds[kind]))
		}
		delete(kinds, kind)
	}
	if len(kinds) > 0 {
		errs = append(errs, fmt.Errorf("%v are not planted", slices.Collect(maps.Keys(kinds))))
	}
	return errors.Join(errs...)
}

// vanish checks that a document has no findings.
func (s *shop) vanish(ctx context.Context, of recording, document string) error {
	found, isFailed, err := s.drift(ctx, of, document)
	if err == nil && (len(found) > 0 || isFailed) {
		err = fmt.Errorf("%d findings are left: %v", len(found), found)
	}
	return err
}

func (s *shop) proveOverlay(ctx context.Context, of recording) error {
	if said, err := s.patch(ctx, of, "openapi.yaml", "overlay", "overlay.yaml"); err != nil || said != "" {
		return fmt.Errorf("it is printed with %q, %w", said, err)
	}
	document, err := os.ReadFile(filepath.Join(s.folder, "openapi.yaml"))
	if err != nil {
		return fmt.Errorf("read the document: %w", err)
	}
	text, err := os.ReadFile(filepath.Join(s.folder, "overlay.yaml"))
	if err != nil {
		return fmt.Errorf("read it: %w", err)
	}
	patched, err := libopenapi.ApplyOverlayFromBytesToSpecBytes(document, text)
	if err != nil {
		return fmt.Errorf("apply it: %w", err)
	}
	for _, w := range patched.Warnings {
		return fmt.Errorf("libopenapi says of %s: %s", w.Target, w.Message)
	}
	if err := os.WriteFile(filepath.Join(s.folder, "overlaid.yaml"), patched.Bytes, 0o600); err != nil {
		return fmt.Errorf("write the document: %w", err)
	}
	return s.vanish(ctx, of, "overlaid.yaml")
}

func (s *shop) proveDjango(ctx context.Context, of recording) error {
	const module = "shop/akita_schema.py"
	if said, err := s.patch(ctx, of, "openapi.yaml", "django", module); err != nil || said != "" {
		return fmt.Errorf("it is printed with %q, %w", said, err)
	}
	for _, check := range [][]string{{"black", "--check"}, {"ruff", "format", "--check"}, {"ruff", "check", rules}} {
		if _, err := s.python(ctx, slices.Concat([]string{"-m"}, check, []string{module})...); err != nil {
			return err
		}
	}
	if err := s.edit("shop/apps.py", "    name = \"shop\"\n", ready); err != nil {
		return err
	}
	if _, err := s.describe(ctx, "patched.yaml"); err != nil {
		return err
	}
	return s.vanish(ctx, of, "patched.yaml")
}

const pingOfREST = `@extend_schema(exclude=True)
@api_view(["GET"])
def ping(request):
    return Response({"pong": True})
`

// proveLeft patches a project with a view that is none of REST framework: it stays as it is, and is named.
func proveLeft(ctx context.Context, c config, har string) error {
	return rig.InFolder(func(folder string) error {
		s, err := newShop(ctx, c, filepath.Join(folder, project), "3.0.3")
		if err != nil {
			return err
		}
		if err := errors.Join(
			s.edit("shop/views.py", pingOfREST, "def ping(request):\n    return HttpResponse(\"{}\", \"application/json\")\n"),
			s.edit("shop/apps.py", "    name = \"shop\"\n", ready),
			os.WriteFile(filepath.Join(s.folder, "shop", "akita_schema.py"), nil, 0o600),
		); err != nil {
			return err
		}
		of := recording{traffic: har}
		if _, err := s.describe(ctx, "openapi.yaml"); err != nil {
			return err
		}
		if _, err := s.patch(ctx, of, "openapi.yaml", "django", "shop/akita_schema.py"); err != nil {
			return err
		}
		said, err := s.describe(ctx, "patched.yaml")
		if err != nil {
			return err
		}
		if !strings.Contains(said, "drf-spectacular cannot describe <function ping") {
			return fmt.Errorf("the patched project does not name the view that it leaves:\n%s", said)
		}
		found, _, err := s.drift(ctx, of, "patched.yaml")
		if err == nil && (len(found) != 1 || found[0].Path != "/api/ping/") {
			err = fmt.Errorf("of a view that is none of REST framework are left %v", found)
		}
		return err
	})
}
