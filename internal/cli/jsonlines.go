package cli

import (
	"io"
	"os"

	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/term"
)

// isTerminal reports whether a person looks at what is written.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// jsonLines returns a writer of JSON texts, each in one Write and with a newline, to out: as
// they are, or where pretty is set with a member a line.
func jsonLines(out io.Writer, pretty bool) io.Writer {
	if !pretty {
		return out
	}
	return prettyLines{out}
}

type prettyLines struct{ out io.Writer }

func (p prettyLines) Write(line []byte) (int, error) {
	text := append(jsontext.Value(nil), line...)
	if err := text.Indent(jsontext.WithIndent("  ")); err != nil {
		return 0, err
	}
	if _, err := p.out.Write(append(text, '\n')); err != nil {
		return 0, err
	}
	return len(line), nil
}
