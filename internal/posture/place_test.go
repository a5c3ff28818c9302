package posture_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"akita/internal/compare"
	"akita/internal/posture"
)

// TestOracle makes APIs whose sensitive places are known: by their names, by the formats of their values,
// or by both, among fields that look like them. All are found, and nothing else is. The names are not
// taken from the word lists, but whoever wrote one knew the other: it shows that the rules do what they
// say, not how APIs name their data.
func TestOracle(t *testing.T) {
	t.Parallel()
	const apis = 60
	planted, neighbours := 0, 0
	by := make(map[string]int)
	for seed := range uint64(apis) {
		api := newOracle(seed)
		found := make(map[string]bool)
		for _, f := range posture.Of(infer(t, api.calls...), nil) {
			if f.Subject == compare.Auth && !strings.HasPrefix(f.At, "query.") {
				continue
			}
			found[place(f.Method, f.Path, f.Status, f.At, f.Value)] = true
		}
		for want := range api.truth {
			if !found[want] {
				t.Errorf("API %d: not found: %s", seed, want)
			}
		}
		for got := range found {
			if _, ok := api.truth[got]; !ok {
				t.Errorf("API %d: false: %s", seed, got)
			}
		}
		planted, neighbours = planted+len(api.truth), neighbours+api.neighbours
		for _, how := range api.truth {
			by[how]++
		}
	}
	if planted < 1000 || neighbours < 1000 || by["name"] < 200 || by["format"] < 200 || by["both"] < 200 {
		t.Errorf("the oracle is too small: %d places, %d neighbours, %v", planted, neighbours, by)
	}
	t.Logf("%d APIs, %d sensitive places (%v), %d neighbours", apis, planted, by, neighbours)
}

func place(method, path string, status int, at, kind string) string {
	return fmt.Sprintf("%s %s %d %s %s", method, path, status, at, kind)
}

// oracle is an API of which is known where it has sensitive data.
type oracle struct {
	random     *rand.Rand
	calls      []call
	truth      map[string]string // places by what shows them
	neighbours int
}

// Names that say what they hold, by kind.
var sensitiveNames = map[string][]string{
	"password":      {"password", "new_password", "userPassword", "passwd", "PIN", "passphrase", "passwordHash", "password2"},
	"token":         {"access_token", "refreshToken", "apiKey", "client_secret", "otp", "verification_code", "private_key", "deviceToken"},
	"financial":     {"card_number", "creditCard", "cvv", "bank_account", "accountNumber", "ibanCode", "salary"},
	"government_id": {"ssn", "social_security_number", "passportNumber", "tax_id", "nationalId", "driver_license_number"},
	"special":       {"religion", "ethnicity", "diagnosis", "bloodType", "medical_history", "sexualOrientation"},
	"contact":       {"email", "workEmail", "phone_number", "home_address", "street", "billingAddress", "emails"},
	"personal":      {"first_name", "lastName", "date_of_birth", "dob", "maidenName", "gender", "birthDate"},
	"network":       {"ip_address", "clientIp", "mac_address", "imei", "last_ip"},
}

// Names with words of such names that hold something else, and names that only look alike.
var neighbourNames = []string{
	"passage", "tokens_used", "emailed_at", "author", "authority", "token_type", "max_tokens", "nextPageToken",
	"password_changed_at", "has_password", "email_count", "email_verified", "phoneType", "card_brand", "addressId",
	"compass", "secretary", "keyboard", "pinned", "spin", "shipping", "ibanez", "essex", "tip", "microphone",
	"public_key", "email_template", "ip_version", "ssn_verified", "passport_country", "bankName", "streetcar",
	"diagnosis_count", "birthday_discount", "religion_filter", "genderless", "macro", "emailTemplateId", "tokenizer",
	"totalTokens", "is_email", "csrf_token", "expires", "cardinality", "panel", "docket", "ticket", "label", "sku",
	"title", "name", "status", "created_at", "id", "number", "code", "key", "address_book_size", "phonebook",
}

// Values that show by their form what they are.
var sensitiveValues = map[string][]func(*rand.Rand) string{
	"contact": {
		func(r *rand.Rand) string { return word(r) + "@" + word(r) + ".example" },
		func(r *rand.Rand) string { return fmt.Sprintf("+4930%08d", r.IntN(1e8)) },
	},
	"token": {func(r *rand.Rand) string {
		return "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI" + strings.Repeat("xMjM0", 1+r.IntN(3)) + "In0." + hex(r, 43)
	}},
	"financial": {iban, card},
	"network": {
		func(r *rand.Rand) string { return fmt.Sprintf("10.%d.%d.%d", r.IntN(256), r.IntN(256), r.IntN(256)) },
		func(r *rand.Rand) string { return fmt.Sprintf("2001:db8::%x:%x", r.IntN(65536), 1+r.IntN(65535)) },
		func(r *rand.Rand) string {
			return fmt.Sprintf("02:00:5e:%02x:%02x:%02x", r.IntN(256), r.IntN(256), r.IntN(256))
		},
	},
}

// Values that have another form, or none.
var plainValues = []func(*rand.Rand) any{
	func(r *rand.Rand) any { return word(r) },
	func(r *rand.Rand) any { return word(r) + " " + word(r) },
	func(r *rand.Rand) any { return fmt.Sprintf("2026-03-%02d", 1+r.IntN(28)) },
	func(r *rand.Rand) any {
		return fmt.Sprintf("%s-%s-4%s-8%s-%s", hex(r, 8), hex(r, 4), hex(r, 3), hex(r, 3), hex(r, 12))
	},
	func(r *rand.Rand) any { return fmt.Sprintf("%d.%02d", r.IntN(1000), r.IntN(100)) },
	func(r *rand.Rand) any { return r.IntN(10_000) },
	func(r *rand.Rand) any { return r.IntN(2) == 1 },
	func(r *rand.Rand) any { return "https://" + word(r) + ".example/" + word(r) },
}

func word(r *rand.Rand) string {
	text := make([]byte, 5+r.IntN(5))
	for i := range text {
		text[i] = "bcdfghjklmnprstvwz"[r.IntN(18)]
		if i%2 == 1 {
			text[i] = "aeiou"[r.IntN(5)]
		}
	}
	return string(text)
}

func hex(r *rand.Rand, n int) string {
	text := make([]byte, n)
	for i := range text {
		text[i] = "0123456789abcdef"[r.IntN(16)]
	}
	return string(text)
}

// iban returns a German number with its check digits (ISO 7064, MOD 97-10).
func iban(r *rand.Rand) string {
	account := fmt.Sprintf("%018d", r.Int64N(1e18))
	n, _ := new(big.Int).SetString(account+"131400", 10) // "DE00" behind it
	check := 98 - new(big.Int).Mod(n, big.NewInt(97)).Int64()
	return fmt.Sprintf("DE%02d%s", check, account)
}

// card returns a number of 16 digits with its check digit (Luhn).
func card(r *rand.Rand) string {
	digits := "4" + fmt.Sprintf("%014d", r.Int64N(1e14))
	sum := 0
	for i := range digits {
		d := int(digits[i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return digits + strconv.Itoa((10-sum%10)%10)
}

// planted is a field of an API.
type planted struct {
	name  string
	kind  string // "" for a neighbour
	how   string
	value func() any
}

func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

// kinds are in order, so that a seed makes the same API each time.
var kinds = []string{"password", "token", "financial", "government_id", "special", "contact", "personal", "network"}

// field returns a field with a name that is not used yet.
func (o *oracle) field(used map[string]bool) planted {
	r := o.random
	for {
		var f planted
		plain := pick(r, plainValues[:3])
		switch r.IntN(5) {
		case 0:
			f.kind, f.how = pick(r, kinds), "name"
			f.name = pick(r, sensitiveNames[f.kind])
			f.value = func() any { return plain(r) }
		case 1:
			f.kind, f.how = pick(r, []string{"contact", "token", "financial", "network"}), "format"
			f.name = pick(r, []string{"who", "ref", "field7", "payload_a", "login", "handle", "x"})
			value := pick(r, sensitiveValues[f.kind])
			f.value = func() any { return value(r) }
		case 2:
			f.kind, f.how = pick(r, []string{"contact", "financial", "network"}), "both"
			value := sensitiveValues[f.kind][0]
			f.name = map[string]string{"contact": "email", "financial": "iban", "network": "client_ip"}[f.kind]
			f.value = func() any { return value(r) }
		default:
			f.name = pick(r, neighbourNames)
			value := pick(r, plainValues)
			f.value = func() any { return value(r) }
		}
		if !used[f.name] {
			used[f.name] = true
			return f
		}
	}
}

// hasCards reports whether fields have numbers of cards, which only their form shows.
func hasCards(fields []planted) bool {
	return slices.ContainsFunc(fields, func(f planted) bool {
		return f.how == "format" && strings.Trim(fmt.Sprint(f.value()), "0123456789") == ""
	})
}

// callsPerOperation are enough for digits to be those of cards.
const callsPerOperation = 12

func newOracle(seed uint64) *oracle {
	o := &oracle{random: rand.New(rand.NewPCG(seed, 11)), truth: make(map[string]string)}
	for n := range 2 + o.random.IntN(4) {
		o.operation(fmt.Sprintf("/%s%d", word(o.random), n))
	}
	return o
}

// operation adds calls of an operation with fields in all places.
func (o *oracle) operation(path string) {
	fields := func(n int) (list []planted) {
		used := make(map[string]bool)
		for range n {
			list = append(list, o.field(used))
		}
		return list
	}
	query, sent, top, nested, listed := fields(2), fields(3), fields(3), fields(2), fields(3)
	for hasCards(query) { // digits in a URL are integers, of which no format is known
		query = fields(2)
	}
	o.know(path, 0, "query.", query)
	o.know(path, 0, "request.body.", sent)
	o.know(path, 201, "response.body.", top)
	o.know(path, 201, "response.body.inner.", nested)
	o.know(path, 201, "response.body.rows[].", listed)
	object := func(list []planted) map[string]any {
		values := make(map[string]any)
		for _, f := range list {
			values[f.name] = f.value()
		}
		return values
	}
	text := func(values map[string]any) string {
		raw, err := json.Marshal(values)
		if err != nil {
			panic(err)
		}
		return string(raw)
	}
	for range callsPerOperation {
		q := make(url.Values)
		for name, value := range object(query) {
			q.Set(name, fmt.Sprint(value))
		}
		answer := object(top)
		answer["inner"], answer["rows"] = object(nested), []any{object(listed), object(listed)}
		o.calls = append(o.calls, call{
			method: "POST", url: path + "?" + q.Encode(), route: path[1:], status: 201, headers: []string{bearer},
			sends: text(object(sent)), gets: text(answer),
		})
	}
}

// know notes which fields of a place are sensitive.
func (o *oracle) know(path string, status int, at string, fields []planted) {
	for _, f := range fields {
		if f.kind == "" {
			o.neighbours++
			continue
		}
		o.truth[place("POST", path, status, at+f.name, f.kind)] = f.how
	}
}
