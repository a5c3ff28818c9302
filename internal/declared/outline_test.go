package declared_test

import (
	"errors"
	"testing"

	"akita/internal/declared"
)

func TestOutline(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"what is compared": {
			`{"openapi":"3.1.0","info":{"title":"Shop","version":"1","description":"canary","contact":{"email":"canary"}},
			  "servers":[{"url":"/v1","description":"canary"}],"tags":[{"name":"canary"}],"x-canary":{"a":"canary"},
			  "paths":{"/a/{id}":{"summary":"canary","parameters":[{"name":"id","in":"path","required":true,"example":"canary"}],
			    "get":{"operationId":"a","description":"canary","deprecated":true,"security":[{"key":[]}],"externalDocs":{"url":"canary"},
			    "responses":{"200":{"description":"canary","headers":{"x-a":{"schema":{"type":"string","example":"canary"}}},
			    "content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"},"example":{"a":"canary"},
			    "examples":{"one":{"value":"canary"}}}},"links":{"canary":{}}}}}}}}`,
			`{"info":{"title":"Shop","version":"1"},"openapi":"3.1.0","paths":{"/a/{id}":{"get":{"deprecated":true,"operationId":"a",` +
				`"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}},"description":"",` +
				`"headers":{"x-a":{"schema":{"type":"string"}}}}},"security":[{"key":[]}]},` +
				`"parameters":[{"in":"path","name":"id","required":true}]}},"servers":[{"url":"/v1"}]}`,
		},
		"a name is not a keyword": {
			`{"openapi":"3.0.3","paths":{},"components":{"schemas":{"example":{"type":"object","required":["default"],
			  "properties":{"example":{"type":"string","default":"canary"},"default":{"type":"integer","example":7}}}},
			  "examples":{"a":{"value":"canary"}}}}`,
			`{"components":{"schemas":{"example":{"properties":{"default":{"type":"integer"},"example":{"type":"string"}},` +
				`"required":["default"],"type":"object"}}},"openapi":"3.0.3","paths":{}}`,
		},
		"schemas": {
			`{"openapi":"3.1.0","components":{"schemas":{"A":{"type":["string","null"],"enum":["a",1,null,{"canary":1}],
			  "pattern":"canary","minLength":1,"title":"canary","$comment":"canary"},
			  "B":{"allOf":[{"$ref":"#/components/schemas/A"},7],"additionalProperties":false,"items":true,
			  "discriminator":{"propertyName":"kind","mapping":{"a":"#/components/schemas/A"}},"const":{"canary":1}}}}}`,
			`{"components":{"schemas":{"A":{"enum":["a",1,null],"type":["string","null"]},` +
				`"B":{"additionalProperties":false,"allOf":[{"$ref":"#/components/schemas/A"},{}],` +
				`"discriminator":{"mapping":{"a":"#/components/schemas/A"},"propertyName":"kind"},"items":true}}},"openapi":"3.1.0"}`,
		},
		"Swagger": {
			`{"swagger":"2.0","host":"canary","basePath":"/v1","paths":{"/a":{"get":{"produces":["application/json"],
			  "parameters":[{"name":"q","in":"query","type":"array","items":{"type":"string","default":"canary"},"default":["canary"]},
			  {"name":"data","in":"body","schema":{"$ref":"#/definitions/A"}}],
			  "responses":{"200":{"description":"canary","schema":{"type":"string"},"examples":{"application/json":"canary"}}}}}},
			  "definitions":{"A":{"type":"object","x-nullable":true,"example":{"a":"canary"}}},
			  "securityDefinitions":{"o":{"type":"oauth2","flow":"implicit","authorizationUrl":"canary","scopes":{"read":"canary"}}}}`,
			`{"basePath":"/v1","definitions":{"A":{"type":"object","x-nullable":true}},"paths":{"/a":{"get":{"parameters":[` +
				`{"in":"query","items":{"type":"string"},"name":"q","type":"array"},` +
				`{"in":"body","name":"data","schema":{"$ref":"#/definitions/A"}}],"produces":["application/json"],` +
				`"responses":{"200":{"description":"","schema":{"type":"string"}}}}}},` +
				`"securityDefinitions":{"o":{"flow":"implicit","scopes":{"read":""},"type":"oauth2"}},"swagger":"2.0"}`,
		},
		"wrong types": {
			`{"openapi":"3.1.0","info":"canary","paths":["canary"],"components":{"schemas":{"A":"canary","B":[["canary"]]}},
			  "security":{"canary":"canary"},"servers":"canary"}`,
			`{"components":{"schemas":{"B":[[{}]]}},"openapi":"3.1.0"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := declared.Outline([]byte(c.text))
			if err != nil || string(got) != c.want {
				t.Fatalf("\ngot  %s, %v\nwant %s", got, err, c.want)
			}
			again, err := declared.Outline(got)
			if err != nil || string(again) != c.want {
				t.Errorf("the outline of the outline is %s, %v", again, err)
			}
		})
	}
	for text, want := range map[string]error{
		"": declared.ErrNoObject, "[]": declared.ErrNoObject, "null": declared.ErrNoObject, "{": declared.ErrNoObject,
		`{"paths":{}}`: declared.ErrNoOpenAPI,
	} {
		if _, err := declared.Outline([]byte(text)); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", text, err, want)
		}
	}
}

// FuzzOutline checks that any text gives an error, or an outline that is its own outline.
func FuzzOutline(f *testing.F) {
	f.Add(`{"openapi":"3.1.0","paths":{"/a":{"get":{"responses":{"200":{"content":{"a/b":{"example":"canary"}}}}}}}}`)
	f.Add(`{"swagger":"2.0","definitions":{"A":{"items":[{"type":"string","default":"canary"}]}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		out, err := declared.Outline([]byte(text))
		if err != nil {
			return
		}
		again, err := declared.Outline(out)
		if err != nil || string(again) != string(out) {
			t.Fatalf("the outline of %s is %s, %v", out, again, err)
		}
	})
}
