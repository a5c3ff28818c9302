package truth

import (
	"strings"

	"akita/test/accuracy/fiction"
	"akita/test/accuracy/traffic"
)

// hide records the secrets of a call, which may appear nowhere.
func (o *Observer) hide(c *traffic.Call) {
	for _, members := range [][]fiction.Member{c.Params, c.Query, c.Header, c.Cookies, c.Plain, c.Returned} {
		o.hideMembers(members)
	}
	for i, credential := range c.Login {
		secret := c.Secrets[i].Value.Plain()
		_, header := credential.Header(secret)
		o.canaries[secret] = true
		o.canaries[header] = true
	}
	for _, b := range []*traffic.Body{c.Request, c.Response} {
		if b == nil {
			continue
		}
		for _, v := range append(b.Lines, b.Value) {
			o.hideValue(v)
		}
	}
}

func (o *Observer) hideMembers(members []fiction.Member) {
	for _, m := range members {
		o.hideValue(m.Value)
	}
}

func (o *Observer) hideValue(v *fiction.Value) {
	switch {
	case v == nil:
	case v.Chosen != nil:
		o.hideValue(v.Chosen)
	case v.Type.Form.Secret && v.Kind == fiction.String && strings.TrimSpace(v.Text) != "":
		o.canaries[v.Text] = true
	default:
		if v.Type.Key != nil && v.Type.Key.Form.Secret {
			for _, m := range v.Members {
				o.canaries[m.Name] = true
			}
		}
		o.hideMembers(v.Members)
		for _, item := range v.Items {
			o.hideValue(item)
		}
	}
}
