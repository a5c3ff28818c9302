package jsonschema_test

import "testing"

// Kinds that a field names are components; the discriminator maps the values of the field to them.
func TestDiscriminator(t *testing.T) {
	t.Parallel()
	const record = `{"type":"object","properties":`
	tests := map[string]struct {
		bodies     []string
		schema     string
		components string
	}{
		"each kind has fields of its own": {
			times(6, `{"type":"cat","lives":9,"name":"a b"}`, `{"type":"dog","tricks":2,"name":"c d"}`),
			`{"oneOf":[{"$ref":"#/components/schemas/CatThing"},{"$ref":"#/components/schemas/DogThing"}],` +
				`"discriminator":{"propertyName":"type","mapping":{"cat":"#/components/schemas/CatThing","dog":"#/components/schemas/DogThing"}}}`,
			`{"CatThing":` + record + `{"lives":{"type":"integer"},"name":{"type":"string"},"type":{"type":"string","enum":["cat"]}},"required":["lives","name","type"]},` +
				`"DogThing":` + record + `{"name":{"type":"string"},"tricks":{"type":"integer"},"type":{"type":"string","enum":["dog"]}},"required":["name","tricks","type"]}}`,
		},
		"they differ inside": {
			times(6, `{"type":"cat","data":{"lives":9}}`, `{"type":"dog","data":{"tricks":2}}`),
			`{"oneOf":[{"$ref":"#/components/schemas/CatThing"},{"$ref":"#/components/schemas/DogThing"}],` +
				`"discriminator":{"propertyName":"type","mapping":{"cat":"#/components/schemas/CatThing","dog":"#/components/schemas/DogThing"}}}`,
			`{"CatThing":` + record + `{"data":` + record + `{"lives":{"type":"integer"}},"required":["lives"]},"type":{"type":"string","enum":["cat"]}},"required":["data","type"]},` +
				`"DogThing":` + record + `{"data":` + record + `{"tricks":{"type":"integer"}},"required":["tricks"]},"type":{"type":"string","enum":["dog"]}},"required":["data","type"]}}`,
		},
		"a kind of several names": {
			times(
				12, `{"type":"cat","lives":9,"name":"a b"}`, `{"type":"dog","tricks":2,"name":"c d"}`,
				`{"type":"wolf","tricks":2,"name":"c d"}`,
			),
			`{"oneOf":[{"$ref":"#/components/schemas/CatThing"},{"$ref":"#/components/schemas/DogThing"}],` +
				`"discriminator":{"propertyName":"type","mapping":{"cat":"#/components/schemas/CatThing","dog":"#/components/schemas/DogThing","wolf":"#/components/schemas/DogThing"}}}`,
			`{"CatThing":` + record + `{"lives":{"type":"integer"},"name":{"type":"string"},"type":{"type":"string","enum":["cat"]}},"required":["lives","name","type"]},` +
				`"DogThing":` + record + `{"name":{"type":"string"},"tricks":{"type":"integer"},"type":{"type":"string","enum":["dog","wolf"]}},"required":["name","tricks","type"]}}`,
		},
		"no field names the kinds": {
			times(16, `{"id":1,"result":true}`, `{"id":2,"error":"no such thing"}`),
			`{"oneOf":[` + record + `{"error":{"type":"string"},"id":{"type":"integer"}},"required":["error","id"]},` +
				record + `{"id":{"type":"integer"},"result":{"type":"boolean"}},"required":["id","result"]}]}`,
			`{}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			schema, components := schemaOf(t, test.bodies)
			if schema != test.schema {
				t.Errorf("the schema is\n%s\nwant\n%s", schema, test.schema)
			}
			if components != test.components {
				t.Errorf("the components are\n%s\nwant\n%s", components, test.components)
			}
		})
	}
}
