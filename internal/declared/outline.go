package declared

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
)

// MaxOutline bounds the document of an application, in bytes.
const MaxOutline = 8 << 20

// ErrNoObject means that a document is not a JSON object.
var ErrNoObject = errors.New("it is not a JSON object")

// Outline returns what a comparison reads of a document in JSON: operations, parameters, types and names.
// Examples, defaults, descriptions, patterns, bounds, extensions, and whatever OpenAPI does not know, are
// left out, because they may hold data. Equal documents have equal outlines.
func Outline(text []byte) ([]byte, error) {
	var document map[string]any
	if err := json.Unmarshal(text, &document); err != nil || document == nil {
		return nil, ErrNoObject
	}
	_, isOpenAPI := document["openapi"].(string)
	_, isSwagger := document["swagger"].(string)
	if !isOpenAPI && !isSwagger {
		return nil, ErrNoOpenAPI
	}
	out, err := json.Marshal(outlineOf(document, "document"), json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("write the outline: %w", err)
	}
	return out, nil
}

// outlined says what is kept of each object of a document: its members, and what they are. "=" is a
// value without members, or a list of such; "blank" is an empty text, where one has to be; "{x}" is a map
// by names to x, and "[x]" a list of it.
var outlined = map[string]map[string]string{
	"document": {
		"openapi": "=", "swagger": "=", "jsonSchemaDialect": "=", "info": "info", "servers": "[server]",
		"paths": "{path}", "components": "components", "security": "[{=}]",
		"basePath": "=", "consumes": "=", "produces": "=", "definitions": "{schema}", "parameters": "{parameter}",
		"responses": "{response}", "securityDefinitions": "{scheme}",
	},
	"info":     {"title": "=", "version": "="},
	"server":   {"url": "=", "variables": "{variable}"},
	"variable": {"default": "=", "enum": "="},
	"components": {
		"schemas": "{schema}", "responses": "{response}", "parameters": "{parameter}", "headers": "{parameter}",
		"requestBodies": "{body}", "securitySchemes": "{scheme}", "pathItems": "{path}", "mediaTypes": "{media type}",
	},
	"path": {
		"$ref": "=", "parameters": "[parameter]", "servers": "[server]", "additionalOperations": "{operation}",
		"get": "operation", "put": "operation", "post": "operation", "delete": "operation", "options": "operation",
		"head": "operation", "patch": "operation", "trace": "operation", "query": "operation",
	},
	"operation": {
		"operationId": "=", "deprecated": "=", "parameters": "[parameter]", "requestBody": "body",
		"responses": "{response}", "security": "[{=}]", "servers": "[server]", "consumes": "=", "produces": "=",
	},
	"body": {"$ref": "=", "required": "=", "content": "{media type}"},
	"response": {
		"$ref": "=", "description": "blank", "headers": "{parameter}", "content": "{media type}", "schema": "schema",
	},
	"media type": {"$ref": "=", "schema": "schema", "itemSchema": "schema", "encoding": "{encoding}"},
	"encoding": {
		"contentType": "=", "headers": "{parameter}", "style": "=", "explode": "=", "allowReserved": "=",
	},
	"scheme": {
		"$ref": "=", "type": "=", "name": "=", "in": "=", "scheme": "=", "bearerFormat": "=", "flow": "=",
		"flows": "{flow}", "scopes": "{blank}",
	},
	"flow": {"scopes": "{blank}"},
	"schema": {
		"$ref": "=", "$id": "=", "$anchor": "=", "$schema": "=", "$defs": "{schema}", "type": "=", "format": "=",
		"nullable": "=", "enum": "=", "const": "=", "required": "=", "properties": "{schema}",
		"patternProperties": "{schema}", "additionalProperties": "schema", "propertyNames": "schema",
		"unevaluatedProperties": "schema", "items": "schema", "prefixItems": "[schema]", "unevaluatedItems": "schema",
		"contains": "schema", "allOf": "[schema]", "anyOf": "[schema]", "oneOf": "[schema]", "not": "schema",
		"if": "schema", "then": "schema", "else": "schema", "dependentSchemas": "{schema}",
		"dependentRequired": "{=}", "readOnly": "=", "writeOnly": "=", "deprecated": "=",
		"discriminator": "discriminator", "contentMediaType": "=", "contentEncoding": "=", "x-nullable": "=",
	},
	"discriminator": {"propertyName": "=", "mapping": "{=}"},
	"parameter": {
		"$ref": "=", "name": "=", "in": "=", "required": "=", "deprecated": "=", "allowEmptyValue": "=", "style": "=",
		"explode": "=", "allowReserved": "=", "schema": "schema", "content": "{media type}",
		"type": "=", "format": "=", "items": "schema", "collectionFormat": "=", "enum": "=", "x-nullable": "=",
	},
}

// outlineOf returns what is kept of a value of a kind; nil for nothing.
func outlineOf(value any, kind string) any {
	if of, isList := strings.CutPrefix(kind, "["); isList {
		return outlineOfList(value, strings.TrimSuffix(of, "]"))
	}
	if of, isMap := strings.CutPrefix(kind, "{"); isMap {
		return outlineOfMap(value, func(string) string { return strings.TrimSuffix(of, "}") })
	}
	switch kind {
	case "blank":
		return ""
	case "=":
		return plain(value)
	}
	switch v := value.(type) {
	case bool: // a schema that accepts everything or nothing
		if kind == "schema" {
			return v
		}
	case []any: // items of a tuple, as JSON Schema had it before 2020
		if kind == "schema" {
			return outlineOfList(v, kind)
		}
	}
	return outlineOfMap(value, func(member string) string { return outlined[kind][member] })
}

func outlineOfList(value any, kind string) any {
	list, isList := value.([]any)
	if !isList {
		return nil
	}
	out := make([]any, 0, len(list))
	for _, one := range list {
		kept := outlineOf(one, kind)
		if kept == nil { // the places of the others must stay
			kept = map[string]any{}
		}
		out = append(out, kept)
	}
	return out
}

// outlineOfMap keeps the members that have a kind.
func outlineOfMap(value any, kindOf func(member string) string) any {
	object, isObject := value.(map[string]any)
	if !isObject {
		return nil
	}
	out := make(map[string]any, len(object))
	for name, one := range object {
		if kind := kindOf(name); kind != "" {
			if kept := outlineOf(one, kind); kept != nil {
				out[name] = kept
			}
		}
	}
	return out
}

// plain returns a value without members, or a list of such; nil for others.
func plain(value any) any {
	list, isList := value.([]any)
	if !isList {
		if _, isObject := value.(map[string]any); isObject {
			return nil
		}
		return value
	}
	out := make([]any, 0, len(list))
	for _, one := range list {
		switch one.(type) {
		case map[string]any, []any:
		default:
			out = append(out, one)
		}
	}
	return out
}
