package witness_test

import (
	"strings"
	"testing"

	"akita/internal/har"
	"akita/internal/har/hartest"
	"akita/internal/witness"
)

func TestConsumer(t *testing.T) {
	t.Parallel()
	of := func(name, version string) witness.Consumer { return witness.Consumer{Name: name, Version: version} }
	other := of(witness.OtherConsumer, "")
	for what, c := range map[string]struct {
		change func(*har.Entry)
		want   witness.Consumer
	}{
		"nobody":                     {func(*har.Entry) {}, of("", "")},
		"a family":                   {hartest.RequestHeader("user-agent", "okhttp/4.12.0"), of("okhttp", "")},
		"an unknown client":          {hartest.RequestHeader("User-Agent", "acme-anna/1.0"), of("", "")},
		"a name":                     {hartest.By("mobile-app", "3.2"), of("mobile-app", "3.2")},
		"a name of words":            {hartest.By("Billing Job", ""), of("Billing Job", "")},
		"a name with a commit":       {hartest.By("web", "5114f85e"), of("web", "5114f85e")},
		"an e-mail address":          {hartest.By("anna@example.test", "1"), other},
		"a user's id":                {hartest.By("user-1234567", ""), other},
		"a UUID":                     {hartest.By("0f8fad5b-d9cb-469f-a165-70867728950e", ""), other},
		"a token":                    {hartest.By("tok_9aF3kQz7bX2mLp8R", ""), other},
		"a sentence":                 {hartest.By("who? me!", ""), other},
		"a long name":                {hartest.By(strings.Repeat("ab ", 22)+"a", ""), other},
		"a name that ends in a mark": {hartest.By("app-", ""), other},
		"others":                     {hartest.By("other", "2"), other},
		"a version that is none":     {hartest.By("app", "3.2 (anna)"), of("app", "")},
		"a long version":             {hartest.By("app", strings.Repeat("1", 41)), of("app", "")},
		"a version without a name":   {hartest.By("", "3.2"), of("", "")},
	} {
		e := hartest.Call("/a", 200, "", c.change)
		w := witness.FromEntry(&e, witness.Options{})
		if w.Consumer != c.want {
			t.Errorf("%s: got %+v, want %+v", what, w.Consumer, c.want)
		}
		if err := w.Validate(); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	e := hartest.Call("/a", 200, "", hartest.By("acme", "1"), func(e *har.Entry) { e.Akita.ConsumerInHeader = true })
	if w := witness.FromEntry(&e, witness.Options{}); !w.Consumer.IsValue {
		t.Error("that a name is the value of a header is forgotten")
	}
}

func TestConsumersThatAreNotValid(t *testing.T) {
	t.Parallel()
	for _, c := range []witness.Consumer{
		{Version: "1"}, {Name: "a@b"}, {Name: "app", Version: "1 2"}, {Name: witness.OtherConsumer, Version: "1"},
	} {
		w := witness.Witness{Method: "GET", Template: "/a", Consumer: c}
		if w.Validate() == nil {
			t.Errorf("%+v is valid", c)
		}
	}
}
