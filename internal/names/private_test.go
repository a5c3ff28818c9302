package names

import "testing"

func TestIsPrivate(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{
		"password": true, "new_password": true, "passwordHash": true, "api_key": true, "apikey": true,
		"X-Api-Key": true, "access_token": true, "sessionId": true, "otp": true, "cardNumber": true,
		"name": true, "firstName": true, "username": true, "filename": true, "userEmail": true, "street": true,
		"city": true, "cities": true, "notes": true, "iban": true, "addresses": true,
		"status": false, "type": false, "token_type": false, "card_type": false, "user_role": false,
		"authMethod": false, "operationName": false, "__typename": false, "capacity": false, "shipping": false,
		"keyboard": false, "author": false, "": false,
	}
	for name, want := range tests {
		if got := IsPrivate(name); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}

func TestIsSecretOrPersonal(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ secret, personal bool }{
		"password": {true, false}, "/users/{userId}/set_password": {true, false}, "credentials": {true, false},
		"emails": {false, true}, "displayName": {false, true}, "api_keys": {false, true},
		"status": {}, "secretary": {}, "": {},
	}
	for name, want := range tests {
		if got := IsSecret(name); got != want.secret {
			t.Errorf("IsSecret(%q) = %v, want %v", name, got, want.secret)
		}
		if got := IsPersonal(name); got != want.personal {
			t.Errorf("IsPersonal(%q) = %v, want %v", name, got, want.personal)
		}
	}
}
