package names

import (
	"slices"
	"strings"
	"testing"
)

func TestSensitive(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"password": Password, "newPassword": Password, "password_confirmation": Password, "password2": Password,
		"passwordHash": Password, "db_passwd": Password, "pin": Password, "PIN": Password,
		"token": Token, "access_token": Token, "refreshToken": Token, "tokens": Token, "apiKey": Token, "apikey": Token,
		"client_secret": Token, "jwt": Token, "smsCode": Token, "api_key_hash": Token,
		"iban": Financial, "IBAN": Financial, "card_number": Financial, "cardnumber": Financial, "cvv2": Financial,
		"bankAccount": Financial, "account_no": Financial,
		"ssn": GovernmentID, "social_security_number": GovernmentID, "passportNo": GovernmentID, "tax_id": GovernmentID,
		"diagnosis": Special, "diagnoses": Special, "allergies": Special, "bloodType": Special,
		"email": Contact, "workEmail": Contact, "e-mail": Contact, "emails": Contact, "address_line1": Contact,
		"email_address": Contact, "phones": Contact, "street": Contact, "shipping_address": Contact,
		"date_of_birth": Personal, "dateOfBirth": Personal, "dateofbirth": Personal, "dob": Personal,
		"firstName": Personal, "surname": Personal,
		"ip": Network, "clientIp": Network, "ip_address": Network, "imei": Network,

		"passage": "", "tokens_used": "", "emailed_at": "", "author": "", "authority": "", "tokenizer": "",
		"password_changed_at": "", "has_password": "", "token_type": "", "tokenExpiresIn": "", "max_tokens": "",
		"prompt_tokens": "", "next_page_token": "", "csrf_token": "", "email_count": "", "email_verified": "",
		"is_email": "", "card_brand": "", "phone_type": "", "address_id": "", "contract_address": "", "compass": "",
		"secretary": "", "keyboard": "", "pinned": "", "shipping": "", "spin": "", "streets_count": "", "zip": "",
		"ibanez": "", "ssnd": "", "species": "", "sexy": "", "essex": "", "ipsum": "", "tip": "", "zip_code": "",
		"phonetic": "", "microphone": "", "mailing_list_id": "", "public_key": "", "key": "", "name": "", "title": "",
		"dobson": "", "account": "", "number": "", "email_template": "", "token_address": "", "": "", "2": "", "é": "",
	}
	for name, want := range tests {
		if got := Sensitive(name, ""); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func TestSensitiveOfTheObjectAbove(t *testing.T) {
	t.Parallel()
	tests := map[[2]string]string{
		{"card", "number"}: Financial, {"card", "brand"}: "", {"bank_account", "number"}: Financial,
		{"birth", "date"}: Personal, {"token", "value"}: Token, {"token", "type"}: "", {"password", "hash"}: Password,
		{"order", "number"}: "", {"email", "id"}: "", {"emails", "value"}: Contact, {"phone", "country"}: "",
		{"page", "token"}: "", {"", "number"}: "", {"password", "é"}: "",
	}
	for name, want := range tests {
		if got := Sensitive(name[1], name[0]); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func TestIsInPlural(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"tokens": true, "user_emails": true, "address": false, "token": false, "allergies": true, "": false,
	} {
		if got := IsInPlural(name); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}

// TestSensitiveWordsAreUnderstood holds the list to what Sensitive can find.
func TestSensitiveWordsAreUnderstood(t *testing.T) {
	t.Parallel()
	seen := make(map[string]string)
	for _, kind := range append(SensitiveKinds(), harmless) {
		words := section(sensitiveFile, kind)
		if len(words) == 0 {
			t.Errorf("[%s] has no words", kind)
		}
		for _, phrase := range words {
			if other := seen[phrase]; other != "" {
				t.Errorf("%q is in [%s] and [%s]", phrase, other, kind)
			}
			seen[phrase] = kind
			want := kind
			if kind == harmless {
				want = ""
			}
			for _, name := range []string{phrase, strings.ReplaceAll(phrase, " ", "_"), Camel(phrase)} {
				if got := Sensitive(name, ""); got != want {
					t.Errorf("%q: got %q, want %q", name, got, want)
				}
			}
			if len(strings.Fields(phrase)) > maxPhrase {
				t.Errorf("%q has more than %d words", phrase, maxPhrase)
			}
		}
	}
	if slices.Contains(SensitiveKinds(), "") {
		t.Error("a kind has no name")
	}
}
