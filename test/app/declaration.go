package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"akita/client"
	"akita/test/rig"
)

// drift is how calls differ from the document that doccano generates.
type drift struct {
	client.Findings

	document client.Declaration
	base     string // the path below which the paths of the document are
}

// drift returns how the calls differ from the document, when the middleware has reported it.
func (s *setup) drift(ctx context.Context) (d drift, err error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	err = rig.Until(ctx, func() (_ bool, err error) {
		d.document, err = s.api.Declaration(ctx, project)
		if refused, ok := errors.AsType[*client.Problem](err); ok && refused.Status == http.StatusNotFound {
			return false, nil
		}
		return true, err
	})
	if err != nil {
		return d, fmt.Errorf("wait for the document: %w", err)
	}
	var text bytes.Buffer
	if err := s.api.DeclaredDocument(ctx, project, &text); err != nil {
		return d, err
	}
	var swagger struct{ BasePath string }
	if err := json.Unmarshal(text.Bytes(), &swagger); err != nil {
		return d, fmt.Errorf("read the document: %w", err)
	}
	d.base = strings.TrimRight(swagger.BasePath, "/")
	d.Findings, err = s.api.Drift(ctx, project, client.Filter{})
	return d, err
}

// checkDrift checks that drf-yasg made the document, and that the operations in it are those that were
// called, or not.
func (r *result) checkDrift(d drift, calls []call) {
	if d.document.Origin != "app" || d.document.By != "drf-yasg" || d.document.Operations == 0 {
		r.problem("the document is %+v", d.document)
	}
	r.declared, r.findings = d.document.Operations, d.Summary.Findings
	called := make(map[string]bool)
	for _, one := range calls {
		called[one.Method+" "+one.Template] = true
	}
	unseen := 0
	for _, f := range d.Findings.Findings {
		if f.Subject != "operation" {
			continue
		}
		if f.Kind == "unseen" {
			unseen++
		}
		path := parameter.ReplaceAllString(f.Path, "{}")
		isCalled := called[f.Method+" "+path] || called[f.Method+" "+d.base+path]
		if isCalled != (f.Kind == "undocumented") {
			r.problem("%s %s is %s", f.Method, f.Path, f.Kind)
		}
	}
	if unseen == d.document.Operations {
		r.problem("no call has a path of the document")
	}
}
