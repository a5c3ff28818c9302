package apimodel_test

import (
	"testing"

	"akita/internal/apimodel"
	"akita/internal/shape"
	"akita/internal/witness"
)

const jsonType = "application/json"

// everySent is what the calls of drawConsumed may send.
var everySent = []apimodel.Sent{
	apimodel.SentParameter("query", "page"), apimodel.SentParameter("query", "size"),
	apimodel.SentParameter("query", "sort"), apimodel.SentAuth(""), apimodel.SentAuth("bearer"),
	apimodel.SentBody(jsonType), apimodel.SentField(jsonType, "sku"), apimodel.SentField(jsonType, "items"),
	apimodel.SentField(jsonType, "items[]\nsku"), apimodel.SentField(jsonType, "items[]\ngift"),
	apimodel.SentField(jsonType, "[][]\na"), apimodel.SentField(jsonType, "\n*\nnote"),
}

// sentBy says the same in another way.
func sentBy(w *witness.Witness) (sent []apimodel.Sent) {
	add := func(is bool, s apimodel.Sent) {
		if is {
			sent = append(sent, s)
		}
	}
	for _, p := range w.Query {
		add(true, apimodel.SentParameter("query", p.Name))
	}
	add(len(w.Auth) == 0, apimodel.SentAuth(""))
	add(len(w.Auth) > 0, apimodel.SentAuth("bearer"))
	add(true, apimodel.SentBody(jsonType))
	get := func(s *shape.Shape, name string) *shape.Shape {
		if s == nil || s.Object == nil {
			return nil
		}
		return s.Object.Fields.Get(name)
	}
	body := w.Request.Shape
	add(get(body, "sku") != nil, apimodel.SentField(jsonType, "sku"))
	if items := get(body, "items"); items != nil {
		add(true, apimodel.SentField(jsonType, "items"))
		add(get(items.Items, "sku") != nil, apimodel.SentField(jsonType, "items[]\nsku"))
		add(get(items.Items, "gift") != nil, apimodel.SentField(jsonType, "items[]\ngift"))
	}
	if body.Items != nil {
		add(get(body.Items.Items, "a") != nil, apimodel.SentField(jsonType, "[][]\na"))
	}
	if body.Object != nil {
		add(get(body.Object.Values, "note") != nil, apimodel.SentField(jsonType, "\n*\nnote"))
	}
	return sent
}

func TestNamesOfWhatIsSentDiffer(t *testing.T) {
	t.Parallel()
	seen := make(map[apimodel.Sent]int)
	for i, s := range everySent {
		if other, ok := seen[s]; ok {
			t.Errorf("%d and %d are the same", i, other)
		}
		seen[s] = i
	}
}

// Only accepted calls say how to call an operation; files are fields of a form.
func TestRefusedCallsSendNothing(t *testing.T) {
	t.Parallel()
	call := func(status int, name string) witness.Witness {
		return witness.Witness{
			Method: "POST", Template: "/a", Status: status, Consumer: witness.Consumer{Name: "app"},
			Query: []witness.Param{{Name: name, Shape: &shape.Shape{Ints: 1}}},
			Request: &witness.Body{
				MediaType: "multipart/form-data", Files: []string{name}, Shape: &shape.Shape{Objs: 1, Object: new(shape.Object)},
			},
		}
	}
	m := modelOf([]witness.Witness{call(400, "bad"), call(401, "denied"), call(201, "good")})
	c := onlyOperation(t, m).Consumers["app"]
	for name, want := range map[string]bool{"bad": false, "denied": false, "good": true} {
		if c.HasSent(apimodel.SentParameter("query", name)) != want ||
			c.HasSent(apimodel.SentField("multipart/form-data", name)) != want {
			t.Errorf("%s: want %t", name, want)
		}
	}
	if c.Accepted() != 1 || c.Calls() != 3 {
		t.Errorf("%d of %d calls were accepted", c.Accepted(), c.Calls())
	}
}
