package names

import "testing"

func TestIsPrivate(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{
		"password": true, "new_password": true, "passwordHash": true, "api_key": true, "apikey": true, "X-Api-Key": true, "access_token": true, "sessionId": true, "otp": true, "cardNumber": true,
		"name": true, "firstName": true, "username": true, "filename": true, "userEmail": true, "street": true, "city": true, "cities": true, "notes": true, "iban": true, "addresses": true,
		"status": false, "type": false, "token_type": false, "card_type": false, "user_role": false, "authMethod": false, "operationName": false, "__typename": false, "capacity": false, "shipping": false, "keyboard": false, "author": false, "": false,
	}
	for name, want := range tests {
		if got := IsPrivate(name); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}
