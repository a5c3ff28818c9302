package secret_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"akita/internal/secret"
)

func TestTextIsNeverPrinted(t *testing.T) {
	t.Parallel()
	const value = "s3cret-value"
	holder := struct{ Key secret.Text }{value}
	encoded, err := json.Marshal(holder)
	if err != nil {
		t.Fatal(err)
	}
	var logged bytes.Buffer
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("key", "key", holder.Key, "holder", holder)
	for how, text := range map[string]string{
		"%v": fmt.Sprintf("%v", holder), "%+v": fmt.Sprintf("%+v", holder), "%#v": fmt.Sprintf("%#v", holder),
		"%s": fmt.Sprintf("%s", holder.Key), "%q": fmt.Sprintf("%q", holder.Key),
		"%x":   fmt.Sprintf("%x", string([]byte(holder.Key.String()))),
		"json": string(encoded), "slog": logged.String(),
	} {
		if strings.Contains(text, value) {
			t.Errorf("%s prints the secret: %s", how, text)
		}
	}
	if holder.Key.Reveal() != value {
		t.Error("Reveal does not return the value")
	}
}
