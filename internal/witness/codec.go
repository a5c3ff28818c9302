package witness

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json"

	"akita/internal/shape"
)

// MaxLineBytes bounds one witness on the wire.
const MaxLineBytes = 4 << 20

// ErrMalformed says that a line is no witness.
var ErrMalformed = errors.New("malformed witness")

// AppendLine appends the witness as one line of NDJSON: the form in which
// witnesses are spooled, uploaded and queued. It fails with ErrMalformed where
// the line would be longer than MaxLineBytes.
func AppendLine(dst []byte, w *Witness) ([]byte, error) {
	line, err := json.Marshal(w)
	if err != nil {
		return dst, fmt.Errorf("encode witness: %w", err)
	}
	if len(line) >= MaxLineBytes {
		return dst, fmt.Errorf("%w: it is longer than %d bytes", ErrMalformed, MaxLineBytes)
	}
	return append(append(dst, line...), '\n'), nil
}

// Reader reads witnesses from NDJSON.
type Reader struct {
	lines *bufio.Scanner
	line  int
}

// NewReader returns a Reader of r.
func NewReader(r io.Reader) *Reader {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 64<<10), MaxLineBytes)
	return &Reader{lines: lines}
}

// Next returns the next witness, io.EOF after the last one, an error that wraps
// ErrMalformed for a line that is none, and any other error of the underlying reader.
func (r *Reader) Next() (Witness, error) {
	for r.lines.Scan() {
		r.line++
		if len(r.lines.Bytes()) == 0 {
			continue
		}
		var w Witness
		if err := json.Unmarshal(r.lines.Bytes(), &w); err != nil {
			return Witness{}, fmt.Errorf("%w in line %d: it is no JSON of a witness", ErrMalformed, r.line)
		}
		if err := w.Validate(); err != nil {
			return Witness{}, fmt.Errorf("%w in line %d: %w", ErrMalformed, r.line, err)
		}
		return w, nil
	}
	switch err := r.lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return Witness{}, fmt.Errorf("%w in line %d: it is longer than %d bytes", ErrMalformed, r.line+1, MaxLineBytes)
	case err != nil:
		return Witness{}, fmt.Errorf("read witnesses: %w", err)
	}
	return Witness{}, io.EOF
}

// Validate checks what the fold relies on.
func (w *Witness) Validate() error {
	switch {
	case w.Method == "" || method(w.Method) != w.Method:
		return errors.New("its method is not an HTTP method in upper case")
	case w.Template == "" && len(w.Path) == 0:
		return errors.New("it has neither template nor path")
	case w.Template != "" && w.Template[0] != '/':
		return errors.New("its template does not start with a slash")
	case len(w.Path) > maxSegments+1:
		return errors.New("its path has too many segments")
	case w.Status != 0 && (w.Status < 100 || w.Status > 999):
		return errors.New("its status is none")
	case !(w.LatencyMs >= 0):
		return errors.New("its latency is negative")
	}
	return w.eachShape((*shape.Shape).Validate)
}

// eachShape calls f with every shape of the witness until one fails.
func (w *Witness) eachShape(f func(*shape.Shape) error) error {
	for _, segment := range w.Path {
		if err := f(segment.Kind); err != nil {
			return err
		}
	}
	for _, params := range [][]Param{w.PathArgs, w.Query, w.Headers, w.Cookies, w.ResponseHeaders} {
		for _, p := range params {
			if err := f(p.Shape); err != nil {
				return err
			}
		}
	}
	for _, body := range []*Body{w.Request, w.Response} {
		if body != nil {
			if err := f(body.Shape); err != nil {
				return err
			}
		}
	}
	return nil
}
