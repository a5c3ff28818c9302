package endpoints

import "akita/internal/apimodel"

// resolveRedirects joins, at p and below, what is called with and without a slash at the end, if one
// of the two only redirects: to the other, as frameworks do.
func (p *place) resolveRedirects() {
	for child := range p.children() {
		child.resolveRedirects()
	}
	slash := p.literals[""]
	if slash == nil {
		return
	}
	for method, op := range slash.ops {
		own := p.ops[method]
		switch {
		case own == nil:
		case onlyRedirects(own.sum().Operation):
			op.add(own)
			delete(p.ops, method)
		case onlyRedirects(op.sum().Operation):
			own.add(op)
			delete(slash.ops, method)
		}
	}
	if len(slash.ops)+len(slash.literals)+len(slash.params) == 0 {
		delete(p.literals, "")
	}
}

// onlyRedirects reports whether every response was a redirect.
func onlyRedirects(op *apimodel.Operation) bool {
	for status := range op.Responses {
		switch status {
		case 301, 302, 307, 308:
		default:
			return false
		}
	}
	return len(op.Responses) > 0
}
