package traffic

import "akita/test/accuracy/fiction"

// spoil turns the body of a request into one that the server refuses: a field is missing,
// another has the wrong type, a third is unknown.
func spoil(r *fiction.Rand, c *Call) {
	v := c.Request.Value
	if v == nil || v.Type == nil || !v.Type.IsRecord {
		return
	}
	members := v.Members
	if len(members) > 0 && r.Chance(.6) {
		at := r.IntN(len(members))
		members = append(members[:at:at], members[at+1:]...)
	}
	if len(members) > 0 && r.Chance(.6) {
		at := r.IntN(len(members))
		members = append([]fiction.Member{}, members...)
		members[at].Value = wrong(r, members[at].Value)
	}
	if r.Chance(.5) {
		members = append(
			members,
			fiction.Member{Name: r.Pick([]string{"debug", "emial", "foo"}), Value: fiction.Bool(.5).Draw(r)},
		)
	}
	v.Members = members
}

// wrong returns a value of another type.
func wrong(r *fiction.Rand, v *fiction.Value) *fiction.Value {
	if v.Kind == fiction.String || v.Kind == fiction.Null {
		return fiction.Int(0, 9).Draw(r)
	}
	return fiction.Words("abc", "").Draw(r)
}
