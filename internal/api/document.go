package api

import (
	_ "embed"
	"fmt"
	"net/http"

	"github.com/go-json-experiment/json"
	"go.yaml.in/yaml/v4"
)

//go:embed openapi.yaml
var documentYAML []byte

// documentJSON converts openapi.yaml to JSON.
func documentJSON() ([]byte, error) {
	var document map[string]any
	if err := yaml.Unmarshal(documentYAML, &document); err != nil {
		return nil, fmt.Errorf("read openapi.yaml: %w", err)
	}
	body, err := json.Marshal(document, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("write openapi.json: %w", err)
	}
	return body, nil
}

func (h *Handler) getDocument(w http.ResponseWriter, _ *http.Request) error {
	return write(w, http.StatusOK, "application/json", h.document)
}
