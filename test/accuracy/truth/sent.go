package truth

// minHabit is how many accepted calls tell what an API requires from what its clients happen to
// send. Below it, either answer is right.
const minHabit = 20

// sent corrects what an operation requires of what clients send. An answer shows what the API
// does; a request shows what its client does.
func (t *Operation) sent(accepted int) {
	partial := t.Method == "patch"
	for i, p := range t.Query {
		switch {
		case p.Required != Yes:
		case partial:
			t.Query[i].Required = ""
		case accepted < minHabit:
			t.Query[i].Required = Open
		}
	}
	for mediaType, n := range t.Request {
		n.sent(accepted, partial && mediaType != "application/json-patch+json")
	}
}

// sent does the same for a place of a request.
func (n *Node) sent(accepted int, partial bool) {
	if n == nil {
		return
	}
	for _, field := range n.Fields {
		switch {
		case !field.Required:
		case partial:
			field.Required = false
		case min(n.records, accepted) < minHabit:
			field.Open = true
		}
		field.Node.sent(accepted, partial)
	}
	n.Entry.sent(accepted, partial)
	n.Items.sent(accepted, partial)
}
