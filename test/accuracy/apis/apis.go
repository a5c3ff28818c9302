// Package apis holds the fictitious APIs, one a file, each of another style and with the
// traps that real ones of that style have for a reader of their traffic.
package apis

import f "akita/test/accuracy/fiction"

// All are the APIs, by name.
func All() []*f.API {
	return []*f.API{
		accounts(), bank(), clinic(), gateway(), storefront(), telemetry(), pipeline(), tickets(), classroom(),
		forum(), freight(), zones(), arcade(), blobs(), cms(), identity(), ledger(), bookshop(), chat(), devices(),
		files(), graph(), issues(), newsroom(), payments(), social(), travel(), warehouse(),
	}
}

// scans are paths that scanners call on every server.
var scans = []string{
	"/wp-login.php", "/.env", "/.git/config", "/phpmyadmin/index.php", "/admin/login", "/cgi-bin/luci",
	"/actuator/health", "/robots.txt", "/favicon.ico", "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php",
	"/api/users/admin.php", "/boaform/admin/formLogin", "/owa/auth/logon.aspx", "/config.json", "/backup.zip",
}

func bearer(secret *f.Type) f.Login { return f.Login{{Scheme: "bearer", Value: secret}} }

func basic(users ...string) f.Login { return f.Login{{Scheme: "basic", Value: f.Secret(users...)}} }

func key(in, name string) f.Login {
	return f.Login{{Scheme: "apiKey", In: in, Name: name, Value: f.Token(32)}}
}

// session is a session cookie, with the header that guards it.
func session(cookie, csrf string) f.Login {
	return f.Login{{Scheme: "apiKey", In: "cookie", Name: cookie, Value: f.Token(28), CSRF: csrf}}
}

// each applies to operations what they have in common.
func each(operations []*f.Operation, apply func(*f.Operation)) []*f.Operation {
	for _, op := range operations {
		apply(op)
	}
	return operations
}

func fixed(text string) func(*f.Rand) string { return func(*f.Rand) string { return text } }
