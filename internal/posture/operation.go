package posture

import (
	"slices"
	"strings"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/names"
	"akita/internal/sensitive"
	"akita/internal/witness"
)

// The rules. A finding names the one that decides its severity.
const (
	RuleOpenWrite       = "open_write"
	RuleOpenRead        = "open_read"
	RuleMixedWrite      = "mixed_write"
	RuleMixedRead       = "mixed_read"
	RuleLogin           = "login"
	RuleUnclear         = "unclear_access"
	RuleRejectedOnly    = "rejected_only"
	RuleCredentialInURL = "credential_in_url"
	RuleSensitiveInURL  = "sensitive_in_url"
	RuleOpenData        = "sensitive_without_credentials"
	RulePasswordSent    = "password_in_response"
	RuleSensitive       = "sensitive"
)

// atAuth is the place of credentials.
const atAuth = "request.auth"

// operation is an endpoint that is judged.
type operation struct {
	endpoint *endpoints.Endpoint
	entry    endpoints.Entry
	places   []Place
	dates    map[facts.Key]facts.HourRange
	findings []compare.Finding
}

// judged returns what the operation risks.
func (o *operation) judged() []compare.Finding {
	o.access()
	o.credentialsInURL()
	for i := range o.places {
		o.judge(&o.places[i])
	}
	return o.findings
}

// date sets the dates of evidence to those of a fact, if they are known.
func (o *operation) date(s *compare.Seen, k facts.Key) {
	s.First, s.Last = o.endpoint.Calls.First, o.endpoint.Calls.Last
	if hours, ok := o.dates[k]; ok {
		s.First, s.Last = within(hours, o.endpoint.Calls.Period)
	}
}

func (o *operation) add(
	rule string, s compare.Severity, v compare.Verdict, of compare.Fact, seen compare.Seen, text string,
) {
	of.Method, of.Path = o.endpoint.Method, o.endpoint.Path
	o.findings = append(o.findings, compare.Finding{
		Kind: compare.Posture, Fact: of, Severity: s, Verdict: v, Seen: seen, Message: text, Rule: rule,
	})
}

// access adds who may use the operation, unless every accepted call had credentials.
func (o *operation) access() {
	calls := o.endpoint.Calls
	of := compare.Fact{Subject: compare.Auth, At: atAuth, Value: string(o.entry.Access)}
	seen := compare.Seen{For: o.entry.Anonymous, Of: o.entry.Succeeded}
	o.date(&seen, facts.Key{Kind: facts.Auth, Value: endpoints.NoAuth})
	switch o.entry.Access {
	case endpoints.AccessOpen:
		rule, severity := RuleOpenRead, compare.Info
		text := "answered without credentials, never with any"
		switch {
		case o.takesCredentials():
			rule, text = RuleLogin, "answered without credentials; the request carries a password or a token itself"
		case o.writes():
			rule, severity = RuleOpenWrite, compare.Warning
		}
		o.add(rule, severity, compare.Proved, of, seen, text)
	case endpoints.AccessMixed:
		rule, severity := RuleMixedRead, compare.Info
		if o.writes() && !o.takesCredentials() {
			rule, severity = RuleMixedWrite, compare.Warning
		}
		o.add(rule, severity, compare.Proved, of, seen, "answered with credentials and without")
	case endpoints.AccessRejected:
		n := calls.Calls()
		seen = compare.Seen{For: n, Of: n, First: calls.First, Last: calls.Last}
		o.add(RuleRejectedOnly, compare.Info, compare.Proved, of, seen, "every call was refused with 401, 403 or 404")
	case endpoints.AccessUnclear:
		if calls.Auth[""] > 0 && o.entry.Succeeded > 0 {
			seen.For = min(calls.Auth[""], seen.Of)
			o.add(RuleUnclear, compare.Info, compare.NotEnough, of, seen,
				"calls without credentials were accepted; all of their answers may be redirects")
		}
	case endpoints.AccessRequired:
	}
}

// safe are the methods that are not meant to change anything (RFC 9110, section 9.2.1, and QUERY).
var safe = []string{"GET", "HEAD", "OPTIONS", "TRACE", "QUERY"}

// writes reports whether the operation is meant to change something.
func (o *operation) writes() bool { return !slices.Contains(safe, o.endpoint.Method) }

// takesCredentials reports whether most requests carry what proves who calls in their body or their URL,
// as those of a login do, and calls of a link with a token.
func (o *operation) takesCredentials() bool {
	for i := range o.places {
		p := &o.places[i]
		if p.isRequest() && isCredential(p.Data.Kind) && 2*p.Data.Seen >= o.endpoint.Calls.Request().Count {
			return true
		}
	}
	return false
}

func isCredential(kind string) bool { return kind == names.Password || kind == names.Token }

// credentialsInURL adds the credentials that calls carried in the query. A signature of a URL is made to
// be there.
func (o *operation) credentialsInURL() {
	counts := make(map[string]uint64)
	all := o.endpoint.Calls.Request().Count
	for key, n := range o.endpoint.Calls.Authentication() {
		for _, a := range apimodel.Credentials(key) {
			if a.In == "query" && a.Format != witness.Signed {
				counts[a.Name] += n
			}
		}
	}
	period := o.endpoint.Calls.Period
	for name, n := range counts {
		of := compare.Fact{Subject: compare.Auth, At: "query." + name, Value: names.Token}
		seen := compare.Seen{For: n, Of: max(all, n), First: period.First, Last: period.Last}
		o.add(RuleCredentialInURL, compare.Breaking, compare.Proved, of, seen,
			"a credential in the query: URLs are kept in logs")
	}
}

// judge adds what a place with sensitive data risks: the worst of it.
func (o *operation) judge(p *Place) {
	verdict := compare.Proved
	if !p.Data.IsCertain {
		verdict = compare.NotEnough
	}
	switch in, _, _ := strings.Cut(p.At, "."); {
	case in == "query" || in == "path":
		o.addPlace(RuleSensitiveInURL, p.severity(), verdict, p,
			"in the "+in+": URLs are kept in logs")
	case p.Status/100 == 2 && p.Data.Kind == names.Password:
		o.addPlace(RulePasswordSent, compare.Breaking, verdict, p, "which no answer should carry, not even hashed")
	case p.Status/100 == 2 && p.Data.Kind == names.Token && o.takesCredentials():
		o.addPlace(RuleLogin, compare.Info, verdict, p, "answered to a request with a password or a token, as a login does")
	case p.Status/100 == 2 && o.mayBeOpen():
		text := "answered to calls without credentials"
		if !o.isOpen(p) {
			verdict, text = compare.NotEnough, "answered, perhaps to calls without credentials, of which there are some"
		}
		o.addPlace(RuleOpenData, p.severity(), verdict, p, text)
	default:
		o.addPlace(RuleSensitive, compare.Info, verdict, p, "")
	}
}

// mayBeOpen reports whether calls without credentials of any kind were answered with 2xx.
func (o *operation) mayBeOpen() bool { return o.entry.Anonymous > 0 && !o.takesCredentials() }

// isOpen reports whether at least one answer with the data went to a call without credentials: all answers
// did, or there are too few others.
func (o *operation) isOpen(p *Place) bool {
	return o.entry.Access == endpoints.AccessOpen || p.isOnce && p.Data.Seen+o.entry.Anonymous > o.entry.Succeeded
}

func (p *Place) severity() compare.Severity {
	if p.isGrave() {
		return compare.Breaking
	}
	return compare.Warning
}

func (o *operation) addPlace(rule string, s compare.Severity, v compare.Verdict, p *Place, risk string) {
	text := describe(p.Data)
	if risk != "" {
		text += ", " + risk
	}
	o.date(&p.Seen, p.key)
	o.add(rule, s, v, p.Fact, p.Seen, text)
	o.findings[len(o.findings)-1].Consumers = compare.Consumers(p.key, o.endpoint.Calls)
}

// describe names data and what shows it: "contact data by name and format (email)".
func describe(d sensitive.Data) string {
	text := kindNames[d.Kind] + " by " + string(d.By)
	if d.Format != 0 {
		text += " (" + d.Format.String() + ")"
	}
	return text
}

var kindNames = map[string]string{
	names.Password: "a password", names.Token: "a token", names.Financial: "financial data",
	names.GovernmentID: "a number of a state", names.Special: "special data", names.Contact: "contact data",
	names.Personal: "personal data", names.Network: "an address of a device",
}
