package cli

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// watchReading returns a reader of in that draws how far it is on out, where that is a
// terminal; size is in bytes, -1 where it is unknown. clearBar takes the bar away until more is
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
	return &reader, func() { _ = bar.Clear() } // a bar that cannot be drawn is no reason to fail
}
