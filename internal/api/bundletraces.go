package api

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"akita/internal/store"
)

// maxBundleTraces bounds the traces that a bundle names in one parameter.
const maxBundleTraces = 100

// bundleTraces returns the ids of the traces that saw the calls of a bundle, at least one, and of
// those that it repeats. Traces that the project does not have are left out, because they may have
// been deleted since the daemon took the calls. If that leaves none, the error is that the trace
// in the path is not found.
func (h *Handler) bundleTraces(r *http.Request, p store.Project) (ids, repeats []string, err error) {
	query := r.URL.Query()
	var f fields
	for _, name := range []string{"also", "repeats"} {
		if len(query[name]) > maxBundleTraces {
			f.add(name, fmt.Sprintf("must not have more than %d traces", maxBundleTraces))
		}
	}
	if err := f.err(); err != nil {
		return nil, nil, err
	}
	inPath := r.PathValue("trace")
	if ids, err = h.existing(r, p, append([]string{inPath}, query["also"]...), nil); err != nil {
		return nil, nil, err
	}
	if len(ids) == 0 {
		return nil, nil, traceNotFound(p, inPath)
	}
	repeats, err = h.existing(r, p, query["repeats"], ids)
	return ids, repeats, err
}

// existing returns the ids of the traces that exist, each once, without some.
func (h *Handler) existing(r *http.Request, p store.Project, idsOrNames, without []string) (ids []string, err error) {
	for _, idOrName := range idsOrNames {
		t, err := h.store.Trace(r.Context(), p.ID, idOrName)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, t.ID) && !slices.Contains(without, t.ID) {
			ids = append(ids, t.ID)
		}
	}
	return ids, nil
}
