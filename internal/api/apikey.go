package api

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"time"

	"akita/internal/id"
	"akita/internal/store"
)

const (
	maxKeyNameSize = 100 // characters
	maxKeyProjects = 100
)

// apiKeyJSON is the ApiKey of openapi.yaml.
type apiKeyJSON struct {
	ID        string            `json:"id"`
	Name      string            `json:"name"`
	Scope     store.KeyScope    `json:"scope"`
	Projects  *[]projectRefJSON `json:"projects"`   // null: all
	CreatedBy *string           `json:"created_by"` // null for a key that is older than scopes
	Created   time.Time         `json:"created"`
	LastUsed  *time.Time        `json:"last_used"` // null if never used
	Secret    string            `json:"secret,omitempty"`
}

// projectRefJSON names a project.
type projectRefJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// apiKeyOf describes a key. projects are all projects, in the order in which those of the key are listed.
func apiKeyOf(k store.APIKey, projects []store.Project) apiKeyJSON {
	out := apiKeyJSON{ID: k.ID, Name: k.Name, Scope: k.Scope, Created: k.Created.UTC()}
	if !k.AllProjects {
		valid := []projectRefJSON{}
		for _, p := range projects {
			if k.Reaches(p.ID) {
				valid = append(valid, projectRefJSON{p.ID, p.Name})
			}
		}
		out.Projects = &valid
	}
	if !k.IsOlderThanScopes() {
		out.CreatedBy = &k.CreatedBy
	}
	if !k.LastUsed.IsZero() {
		used := k.LastUsed.UTC()
		out.LastUsed = &used
	}
	return out
}

func (h *Handler) listAPIKeys(w http.ResponseWriter, r *http.Request) error {
	stored, err := h.store.APIKeys(r.Context())
	if err != nil {
		return err
	}
	projects, err := h.projectsOf(r.Context(), callerOf(r))
	if err != nil {
		return err
	}
	out := list[apiKeyJSON]{Items: make([]apiKeyJSON, len(stored))}
	for i, k := range stored {
		out.Items[i] = apiKeyOf(k, projects)
	}
	return ok(w, out)
}

// newAPIKey is the NewApiKey of openapi.yaml.
type newAPIKey struct {
	Name     string         `json:"name"`
	Scope    store.KeyScope `json:"scope"`
	Projects []string       `json:"projects"` // ids or names; nil: all
}

// check returns a problem unless the key can be created.
func (k newAPIKey) check() error {
	var f fields
	f.name("name", k.Name, maxKeyNameSize)
	switch k.Scope {
	case store.AgentKey, store.ReadKey, store.FullKey:
	case "":
		f.add("scope", `is missing; send "agent" for daemons, "read" for what only reads, or "full"`)
	default:
		f.add("scope", `must be "agent", "read" or "full"`)
	}
	if k.Projects != nil && len(k.Projects) == 0 {
		f.add("projects", "must have at least one project; omit it for all projects")
	}
	if len(k.Projects) > maxKeyProjects {
		f.add("projects", fmt.Sprintf("must have at most %d projects; omit it for all projects", maxKeyProjects))
	}
	return f.err()
}

func (h *Handler) createAPIKey(w http.ResponseWriter, r *http.Request) error {
	var in newAPIKey
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if err := in.check(); err != nil {
		return err
	}
	projects, err := h.chosenProjects(r, in.Projects)
	if err != nil {
		return err
	}
	secret := newKeySecret()
	key := store.APIKey{
		ID: id.New(id.APIKey), Name: in.Name, SecretSHA256: sha256Of(secret), Created: h.timestamp(),
		Scope: in.Scope, AllProjects: in.Projects == nil, CreatedBy: callerOf(r).user.Username,
	}
	for _, p := range projects {
		key.ProjectIDs = append(key.ProjectIDs, p.ID)
	}
	err = h.store.CreateAPIKey(r.Context(), key)
	if errors.Is(err, store.ErrNotFound) {
		return &problem{code: codeProjectNotFound, detail: "A project of the key was deleted just now: choose again."}
	}
	if err != nil {
		return err
	}
	h.logger.Info("API key created", "key", key.ID, "name", key.Name, "scope", key.Scope,
		"projects", reachOf(key), "by", callerOf(r))
	out := apiKeyOf(key, projects)
	out.Secret = secret
	return created(w, out)
}

// reachOf says for the log which projects a key is for.
func reachOf(k store.APIKey) string {
	if k.AllProjects {
		return "all"
	}
	return strings.Join(k.ProjectIDs, " ")
}

// chosenProjects returns the projects that a request names, each once and sorted by name.
func (h *Handler) chosenProjects(r *http.Request, idsOrNames []string) ([]store.Project, error) {
	var chosen []store.Project
	var f fields
	for _, idOrName := range idsOrNames {
		p, err := h.projectOf(r.Context(), callerOf(r), idOrName)
		if _, missing := errors.AsType[*problem](err); missing {
			f.add("projects", fmt.Sprintf("has %q, and there is no such project", clip(idOrName, maxProjectNameSize)))
			continue
		}
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, p)
	}
	slices.SortFunc(chosen, func(a, b store.Project) int {
		return cmp.Or(cmp.Compare(store.NameKey(a.Name), store.NameKey(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(chosen, func(a, b store.Project) bool { return a.ID == b.ID }), f.err()
}

func (h *Handler) revokeAPIKey(w http.ResponseWriter, r *http.Request) error {
	keyID := r.PathValue("apiKey")
	err := h.store.DeleteAPIKey(r.Context(), keyID)
	if errors.Is(err, store.ErrNotFound) {
		return &problem{code: codeAPIKeyNotFound,
			detail: "There is no API key with this id: it may have been revoked already."}
	}
	if err != nil {
		return err
	}
	h.changes.notifyAll(credentialsChanged)
	h.logger.Info("API key revoked", "key", keyID, "by", callerOf(r))
	return noContent(w)
}

// WarnOfOldKeys logs how many API keys are older than scopes: what they did besides sending for a daemon is
// refused now.
func (h *Handler) WarnOfOldKeys(ctx context.Context) error {
	keys, err := h.store.APIKeys(ctx)
	if err != nil {
		return err
	}
	keys = slices.DeleteFunc(keys, func(k store.APIKey) bool { return !k.IsOlderThanScopes() })
	if len(keys) > 0 {
		h.logger.Warn("API keys that are older than scopes may only do what daemons need: for scripts and AI agents, create "+
			"keys of the scope read or full in the console, and replace the old ones in time", "keys", len(keys))
	}
	return nil
}

// newKeySecret returns aks_ followed by 32 random bytes in base62, which are 43
// characters.
func newKeySecret() string {
	const length = 43 // ceil(256 / log2(62))
	random := make([]byte, 32)
	_, _ = rand.Read(random) // never returns an error
	digits := new(big.Int).SetBytes(random).Text(62)
	return "aks_" + strings.Repeat("0", length-len(digits)) + digits
}
