package client

import (
	"context"
	"net/http"
	"time"
)

// APIKey authenticates daemons and scripts. It is valid for every project.
type APIKey struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Created  time.Time  `json:"created"`
	LastUsed *time.Time `json:"last_used"` // to the minute; nil if it was never used
	// Secret is set by CreateAPIKey alone: the server does not keep it.
	Secret string `json:"secret"`
}

// APIKeys lists all API keys, newest first, without their secrets.
func (c *Client) APIKeys(ctx context.Context) ([]APIKey, error) {
	return all[APIKey](ctx, c, "api-keys")
}

// CreateAPIKey creates an API key and returns it with its secret.
func (c *Client) CreateAPIKey(ctx context.Context, name string) (APIKey, error) {
	var key APIKey
	err := c.call(ctx, http.MethodPost, "api-keys", nil, newName{name}, &key)
	return key, err
}

// RevokeAPIKey revokes a key. The server refuses the next call that uses it.
func (c *Client) RevokeAPIKey(ctx context.Context, id string) error {
	return c.call(ctx, http.MethodDelete, path("api-keys", id), nil, nil, nil)
}
