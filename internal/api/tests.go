package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"time"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/store"
)

// maxTests bounds an upload of tests, in bytes.
const maxTests = 16 << 20

// testsName matches the names of tests.
var testsName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// testsJSON is the Tests of openapi.yaml.
type testsJSON struct {
	Name     string    `json:"name"`
	Calls    uint64    `json:"calls"`
	Uploaded time.Time `json:"uploaded"`
	By       string    `json:"by"`
}

func newTestsJSON(t store.Tests) testsJSON { return testsJSON{t.Name, t.Calls, t.Uploaded, t.By} }

// putTests keeps what the calls of tests show, in the place of tests of the same name.
func (h *Handler) putTests(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	t := store.Tests{Name: r.PathValue("name"), Uploaded: h.now().UTC(), By: callerOf(r).String()}
	if !testsName.MatchString(t.Name) {
		var f fields
		f.add("name", "must have 1 to 64 letters, digits, dots, dashes and underscores, and begin with a letter or a digit")
		return f.err()
	}
	body, err := readBody(w, r, maxTests, "application/octet-stream")
	if err != nil {
		return err
	}
	recorded, err := compare.UnmarshalForeign(body)
	if err != nil {
		return &problem{code: codeInvalidRequest, detail: "The recording is refused: " + err.Error() + "."}
	}
	t.Calls = recorded.Model.Witnesses()
	if t.Recording, err = recorded.MarshalBinary(); err != nil {
		return fmt.Errorf("encode recording: %w", err)
	}
	err = h.store.PutTests(r.Context(), p.ID, t)
	if errors.Is(err, store.ErrNotFound) {
		return projectNotFound(p.Name)
	}
	if err != nil {
		return err
	}
	return ok(w, newTestsJSON(t))
}

func (h *Handler) listTests(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	all, err := h.store.ListTests(r.Context(), p.ID)
	if err != nil {
		return err
	}
	answer := struct {
		Items []testsJSON `json:"items"`
	}{Items: []testsJSON{}}
	for _, t := range all {
		answer.Items = append(answer.Items, newTestsJSON(t))
	}
	return ok(w, answer)
}

// getTests sends what tests show, as a recording.
func (h *Handler) getTests(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	t, err := h.store.Tests(r.Context(), p.ID, r.PathValue("name"))
	if errors.Is(err, store.ErrNotFound) {
		return testsNotFound(p, r.PathValue("name"))
	}
	if err != nil {
		return err
	}
	return writeCompressed(w, r, "application/octet-stream", t.Recording)
}

func (h *Handler) deleteTests(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	err = h.store.DeleteTests(r.Context(), p.ID, r.PathValue("name"))
	if errors.Is(err, store.ErrNotFound) {
		return testsNotFound(p, r.PathValue("name"))
	}
	if err != nil {
		return err
	}
	return noContent(w)
}

func testsNotFound(p store.Project, name string) error {
	if name == "" {
		return &problem{code: codeTestsNotFound, detail: fmt.Sprintf("The project %q has no tests: "+
			"run \"pytest --akita\" and \"akita upload akita-tests.har --tests --project %s\".", p.Name, p.Name)}
	}
	return &problem{code: codeTestsNotFound, detail: fmt.Sprintf("The project %q has no tests named %q: "+
		"GET /api/v1/projects/%s/tests lists those that it has.", p.Name, name, p.Name)}
}

// listedTests lists the tests of a name, or all tests of a project for "", without what they show. version
// changes with each upload.
func (h *Handler) listedTests(
	ctx context.Context, p store.Project, name string,
) (chosen []store.Tests, version string, err error) {
	listed, err := h.store.ListTests(ctx, p.ID)
	if err != nil {
		return nil, "", err
	}
	for _, one := range listed {
		if name == "" || one.Name == name {
			chosen = append(chosen, one)
			version += fmt.Sprint(one.Name, one.Uploaded.UnixMicro(), " ")
		}
	}
	if len(chosen) == 0 {
		return nil, "", testsNotFound(p, name)
	}
	return chosen, version, nil
}

// testsOf returns the sum of what listed tests show. The error is a *problem if all were deleted meanwhile.
func (h *Handler) testsOf(
	ctx context.Context, p store.Project, listed []store.Tests,
) (sum compare.Recording, err error) {
	sum = compare.Recording{Model: apimodel.New(), Dates: make(compare.Dates)}
	read := 0
	for _, one := range listed {
		t, err := h.store.Tests(ctx, p.ID, one.Name)
		if errors.Is(err, store.ErrNotFound) { // deleted meanwhile
			continue
		}
		if err != nil {
			return sum, err
		}
		recorded, err := compare.UnmarshalRecording(t.Recording)
		if err != nil {
			return sum, fmt.Errorf("tests %q of %s: %w", one.Name, p.ID, err)
		}
		sum.Merge(recorded)
		read++
	}
	if read == 0 {
		return sum, testsNotFound(p, listed[0].Name)
	}
	return sum, nil
}
