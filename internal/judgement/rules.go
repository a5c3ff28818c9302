package judgement

// Rule names what speaks for or against a word. The names are those in documents
// (x-akita-parameter).
type Rule string

// The rules. Each is described at its function and in the record of the decision.
const (
	RulePrior      Rule = "prior"
	RuleVersion    Rule = "version"
	RuleCollection Rule = "collection"
	RuleGrammar    Rule = "grammar"
	RuleVerbs      Rule = "verbs"
	RuleBelowID    Rule = "below_id"
	RuleNovelty    Rule = "novelty"
	RuleVocabulary Rule = "vocabulary_below"
	RuleBehaviour  Rule = "behaviour"
	RuleUniform    Rule = "uniform"
	RuleCodes      Rule = "codes"
	RuleFiles      Rule = "files"
	RulePuts       Rule = "puts"
	RuleEcho       Rule = "echo"
	RuleBeside     Rule = "ids_beside"
	RuleElsewhere  Rule = "elsewhere"
	RulePull       Rule = "pull"
)

// rule is one measure with an example of what it sees.
type rule struct {
	name    Rule
	example string
	speak   func(*level)
}

// rules returns the rules in the order in which they speak. A rule may use what those before it
// said.
func rules() []rule {
	return []rule{
		{RulePrior, "/users: most words of most APIs are names", (*level).prior},
		{RuleVersion, "/v2/users: v2 leads to something", (*level).version},
		{RuleCollection, "/users and /users/17: users lists what its ids answer", (*level).collection},
		{RuleGrammar, "/users/me, /orders/search: words that the language makes names", (*level).grammar},
		{RuleVerbs, "/jobs/start, /jobs/stop: words that say what to do", (*level).verbs},
		{RuleBelowID, "/users/17/orders: what is right below an id is a name", (*level).belowID},
		{RuleNovelty, "/tags/a, /tags/b, …: most words were called once", (*level).novelty},
		{RuleVocabulary, "/acme/repos, /globex/repos: the same words stand below", (*level).vocabulary},
		{RuleBehaviour, "/topics/budget, /topics/water: the same is asked and answered", (*level).behaviour},
		{RuleUniform, "/users/ann, /users/bob: leaves that are called alike are items", (*level).uniform},
		{RuleCodes, "/rates/EUR, /rates/USD: codes of one list", (*level).codes},
		{RuleFiles, "/files/a.png, /files/b.pdf: several endings", (*level).files},
		{RulePuts, "PUT /labels/red, PUT /labels/blue: callers choose names", (*level).puts},
		{RuleCollection, "a collection whose siblings lead to the same words counts half", (*level).sharedCollection},
		{RuleEcho, "/users/ann answers login: ann", (*level).echo},
		{RuleBeside, "/users/17 beside /users/ann answers as it does", (*level).idsBeside},
		{RuleElsewhere, "/teams/{}/members/ann: ann is a value in /users/ann", (*level).elsewhere},
		{RulePull, "/users/zoe was called once among users that are values", (*level).pull},
	}
}
