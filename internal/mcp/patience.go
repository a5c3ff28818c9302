package mcp

import (
	"context"
	"errors"
	"io"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// patient is a transport that ends when its input has ended and every request in it is answered. The SDK
// drops requests that are open at the end of the input, and so would answer nothing to a script that
// sends its messages through a pipe.
type patient struct{ sdk.Transport }

// Connect implements sdk.Transport.
func (p patient) Connect(ctx context.Context) (sdk.Connection, error) {
	c, err := p.Transport.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &patientConnection{Connection: c, closed: make(chan struct{})}, nil
}

type patientConnection struct {
	sdk.Connection

	mu     sync.Mutex
	open   int           // requests that are not answered
	idle   chan struct{} // closed when open becomes 0; nil before the input has ended
	closed chan struct{}
	once   sync.Once
}

// Read implements sdk.Connection.
func (c *patientConnection) Read(ctx context.Context) (jsonrpc.Message, error) {
	message, err := c.Connection.Read(ctx)
	if request, ok := message.(*jsonrpc.Request); ok && request.IsCall() {
		c.mu.Lock()
		c.open++
		c.mu.Unlock()
	}
	if errors.Is(err, io.EOF) {
		select {
		case <-c.answered():
		case <-c.closed:
		case <-ctx.Done():
		}
	}
	return message, err
}

// answered returns a channel that is closed when all requests are answered.
func (c *patientConnection) answered() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.idle = make(chan struct{})
	if c.open == 0 {
		close(c.idle)
	}
	return c.idle
}

// Write implements sdk.Connection.
func (c *patientConnection) Write(ctx context.Context, message jsonrpc.Message) error {
	err := c.Connection.Write(ctx, message)
	if _, ok := message.(*jsonrpc.Response); ok {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.open--
		if c.open == 0 && c.idle != nil {
			close(c.idle)
		}
	}
	return err
}

// Close implements sdk.Connection.
func (c *patientConnection) Close() error {
	c.once.Do(func() { close(c.closed) })
	return c.Connection.Close()
}
