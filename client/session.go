package client

import (
	"context"
	"net/http"
)

// LogIn starts a session. The client sends its cookie from then on.
func (c *Client) LogIn(ctx context.Context, username, password string) error {
	credentials := struct {
		Username string `json:"username"`
		Password string `json:"password"`
	}{username, password}
	return c.call(ctx, http.MethodPost, "session", nil, credentials, nil)
}

// LogOut ends the session on the server.
func (c *Client) LogOut(ctx context.Context) error {
	return c.call(ctx, http.MethodDelete, "session", nil, nil, nil)
}
