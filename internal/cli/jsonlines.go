package cli

import (
	"io"
	"os"

	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/term"
)

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// jsonLines returns a writer of JSON texts to out. Each Write takes one text that ends with a
// newline. With pretty, each text is indented, with one member per line.
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
