package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// install creates the app's virtual environment as a user would, with akita-django from the
// server's package index. Later runs use it again until the requirements or the wheel change.
func (d *demo) install(ctx context.Context) error {
	requirements := filepath.Join(d.config.AppDir, "requirements.txt")
	wanted, err := d.installStamp(ctx, requirements)
	if err != nil {
		return err
	}
	stampFile := filepath.Join(d.venv(), "installed")
	if stamp, err := os.ReadFile(stampFile); err == nil && string(stamp) == wanted {
		d.progress.step("The app's packages are installed already")
		return nil
	}
	index := d.config.ServerPort.url() + "/simple/"
	d.progress.step("pip install -r requirements.txt --extra-index-url %s (the first time takes a minute)", index)
	venv := command{name: "venv", path: "python3", args: []string{"-m", "venv", "--clear", d.venv()}}
	if err := d.do(ctx, venv); err != nil {
		return fmt.Errorf("%w       On Debian: apt-get install python3-venv", err)
	}
	install := command{
		name: "pip",
		path: d.bin("pip"),
		args: []string{"install", "--disable-pip-version-check", "-r", requirements, "--extra-index-url", index},
	}
	if err := d.do(ctx, install); err != nil {
		return fmt.Errorf("%w       pip needs PyPI, or a mirror of it that pip is configured for", err)
	}
	if err := os.WriteFile(stampFile, []byte(wanted), 0o600); err != nil {
		return fmt.Errorf("record what is installed: %w", err)
	}
	return nil
}

// installStamp returns a hash of the requirements and of the offered wheels.
func (d *demo) installStamp(ctx context.Context, requirements string) (string, error) {
	hash := sha256.New()
	list, err := os.ReadFile(requirements)
	if err != nil {
		return "", fmt.Errorf("read the app's requirements: %w", err)
	}
	index, err := d.packageIndex(ctx)
	if err != nil {
		return "", fmt.Errorf(
			"find the akita-django wheel: %w; build bin/akita with \"make build\", which puts the wheel in",
			err,
		)
	}
	hash.Write(list)
	hash.Write(index)
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// packageIndex returns the server's page that lists the akita-django wheels.
func (d *demo) packageIndex(ctx context.Context) ([]byte, error) {
	page := d.config.ServerPort.url() + "/simple/akita-django/"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, page, nil)
	if err != nil {
		return nil, err
	}
	response, err := (&http.Client{}).Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("GET %s: %s", page, response.Status)
	}
	return io.ReadAll(response.Body)
}

func (d *demo) venv() string { return filepath.Join(d.config.Dir, "venv") }

func (d *demo) bin(program string) string { return filepath.Join(d.venv(), "bin", program) }

// do runs a command and waits for its end.
func (d *demo) do(ctx context.Context, c command) error {
	p, err := start(c, d.runDir())
	if err != nil {
		return err
	}
	defer p.stop()
	ctx, cancel := context.WithTimeoutCause(ctx, 10*time.Minute, fmt.Errorf("it took more than 10 minutes"))
	defer cancel()
	return p.finish(ctx)
}
