package client

import (
	"context"
	"net/http"
	"time"
)

// KeyScope is what an API key allows. A call that needs another scope has a problem with the code
// "insufficient_scope".
type KeyScope string

// The scopes of API keys.
const (
	AgentKey KeyScope = "agent" // what `akita daemon` asks and sends
	ReadKey  KeyScope = "read"  // all that changes nothing, and the tools for AI agents
	FullKey  KeyScope = "full"  // both, and what a session may do, but for API keys and accounts
)

// APIKey authenticates daemons and scripts.
type APIKey struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Scope KeyScope `json:"scope"`
	// Projects are those for which the key is valid. nil stands for all; without items, they were deleted.
	Projects []ProjectRef `json:"projects"`
	// CreatedBy is the name of a user; nil if the key is older than scopes.
	CreatedBy *string    `json:"created_by"`
	Created   time.Time  `json:"created"`
	LastUsed  *time.Time `json:"last_used"` // to the minute; nil if it was never used
	// Secret is set by CreateAPIKey alone: the server does not keep it.
	Secret string `json:"secret"`
}

// ProjectRef names a project.
type ProjectRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// NewAPIKey is an API key to create.
type NewAPIKey struct {
	Name  string   `json:"name"`
	Scope KeyScope `json:"scope"`
	// Projects are the ids or names of at most 100 projects for which the key is valid; nil: all.
	Projects []string `json:"projects"`
}

// APIKeys lists all API keys, newest first, without their secrets. Like the other methods about keys, it
// needs a session.
func (c *Client) APIKeys(ctx context.Context) ([]APIKey, error) {
	return all[APIKey](ctx, c, "api-keys")
}

// CreateAPIKey creates an API key and returns it with its secret.
func (c *Client) CreateAPIKey(ctx context.Context, wanted NewAPIKey) (APIKey, error) {
	var key APIKey
	err := c.call(ctx, http.MethodPost, "api-keys", nil, wanted, &key)
	return key, err
}

// RevokeAPIKey revokes a key. The server refuses the next call that uses it.
func (c *Client) RevokeAPIKey(ctx context.Context, id string) error {
	return c.call(ctx, http.MethodDelete, path("api-keys", id), nil, nil, nil)
}
