package client

import (
	"bufio"
	"context"
	"errors"
	"io"
	"iter"
	"net/http"
	"strings"
)

// Event names what has changed in a project; fetch it again to see how.
type Event string

// The events of a project.
const (
	DaemonsChanged     Event = "daemons"
	TracesChanged      Event = "traces"
	ModelChanged       Event = "model"
	DeclarationChanged Event = "declaration"
)

// errStreamEnded says that the server ended a stream, as it does when it stops.
var errStreamEnded = errors.New("the server ended the stream of events")

// Watch yields an event whenever something in the project changes, until ctx ends or the
// connection breaks; the last pair holds the error. On connecting it yields each event once,
// so that no change is missed between the first fetch and the subscription.
func (c *Client) Watch(ctx context.Context, project string) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		stream := c.http
		stream.Timeout = 0 // the stream stays open
		events := c.operation(path("projects", project, "events"), nil)
		response, err := c.send(ctx, &stream, http.MethodGet, events, nil)
		if err != nil {
			yield("", err)
			return
		}
		defer response.Body.Close()
		readEvents(response.Body, yield)
	}
}

// readEvents reads server-sent events. Their data is empty, so only names count.
func readEvents(stream io.Reader, yield func(Event, error) bool) {
	lines := bufio.NewScanner(stream)
	for lines.Scan() {
		name, ok := strings.CutPrefix(lines.Text(), "event: ")
		if ok && !yield(Event(name), nil) {
			return
		}
	}
	err := lines.Err()
	if err == nil {
		err = errStreamEnded
	}
	yield("", err)
}
