package names

import "testing"

// What a name implies for its values.
func TestValues(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ choice, userChosen, amount bool }{
		"status": {choice: true}, "order_state": {choice: true}, "sortOrder": {choice: true},
		"tags": {userChosen: true}, "repository": {userChosen: true}, "tag_color": {},
		"total_bytes": {amount: true}, "limits": {amount: true}, "created_at": {},
		"account_id": {userChosen: true, amount: true}, "": {},
	}
	for name, want := range tests {
		if got := IsChoice(name); got != want.choice {
			t.Errorf("IsChoice(%q) = %v, want %v", name, got, want.choice)
		}
		if got := IsUserChosen(name); got != want.userChosen {
			t.Errorf("IsUserChosen(%q) = %v, want %v", name, got, want.userChosen)
		}
		if got := IsAmount(name); got != want.amount {
			t.Errorf("IsAmount(%q) = %v, want %v", name, got, want.amount)
		}
	}
}
