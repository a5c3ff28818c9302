package cli

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// watchReading returns a reader of in that draws a progress bar on out if out is a terminal.
// The size of in is in bytes, -1 if it is unknown. clearBar removes the bar until the next
// read.
func watchReading(in io.Reader, label string, size int64, out io.Writer) (r io.Reader, clearBar func()) {
	file, ok := out.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return in, func() {}
	}
	bar := progressbar.NewOptions64(size,
		progressbar.OptionSetWriter(out),
		progressbar.OptionSetDescription(label),
		progressbar.OptionShowBytes(true),
		progressbar.OptionSetWidth(30),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionSetPredictTime(true),
	)
	reader := progressbar.NewReader(in, bar)
	return &reader, func() { _ = bar.Clear() } // a bar that cannot be drawn must not fail the command
}
