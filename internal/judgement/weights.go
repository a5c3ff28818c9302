package judgement

// What the rules say, in log-odds: above 0 for a name, below 0 for a value. One that says 3 is
// outweighed by three that say 1. The record of the decision says how they were found
// (docs/adr/0014-judgement-by-distribution.md); what is fitted to recordings is marked so.
const (
	// Paths begin with names far more often than with values, and below a parameter there are values
	// as often as names.
	priorAtTop      = 1.0
	priorBelowWords = 0.5
	priorBelowParam = 0.2

	// /v1 and /v2 lead to the same words and answer alike, and are names nonetheless.
	versionOfAPI = 4.0

	// What is code by its form is never data.
	codeWeight    = 100.0
	actedOnWeight = -2.0

	// A list of items with the items below is a collection: no value behaves so. Without the list the
	// word may still be a value that has things of its own.
	collectionLists = 5.0
	collectionLeads = 2.5

	// The language is the same in all APIs, so that these decide where the traffic says little.
	// More than a tie they must not break: "search" may be a topic.
	grammarPronoun = 2.0
	grammarSpecial = 1.0
	grammarPlural  = 1.0
	verbsWeight    = 1.0

	// Two ids in a row are rare. Ids that are tokens may be followed by others of their kind.
	belowStrictID = 1.5
	belowToken    = 0.8

	// Fitted: with 40 % of words called once a level says nothing.
	noveltyWeight  = 1.05
	noveltyOfNames = 0.4

	// Fitted: below names 30 % of the words are the same, as "/{}" and "/search" are everywhere.
	vocabularyWeight  = 2.8
	vocabularyOfNames = 0.3

	// Fitted. How alike two answers are goes from 0 to 1, and 0.55 says nothing: 2.4 × 2, so that it is
	// 2.4 about for answers that are the same, and for those with nothing in common. It counts in
	// full if two thirds of the siblings agree.
	behaviourWeight  = 2.4 * 2
	behaviourSupport = 1.5
	behaviourOfLeaf  = 0.2
	behaviourOfItem  = 0.7
	behaviourOfList  = 0.3

	// Leaves that are called alike may be actions or views too.
	uniformWeight = -1.6

	// A form does not prove anything: see codes. Four of a kind outweigh what a level of a few calls says.
	codesWeight = -3.0
	codesMany   = -4.0
	filesWeight = -2.0

	// Settings are put under names too, but each has members of its own.
	putsWeight = -1.5

	// Fitted. One member that repeats several words identifies things. One that repeats a single word
	// may be a state ("active") or a kind.
	echoWeight     = -3.1
	echoIdentifier = -1.0
	echoOnce       = -0.5
	echoMissing    = 1.0
	echoOfIDs      = 1.5

	// Integers beside a word show that values here have no words, so that words are names, unless
	// these behave as the integers do. Ids that are words or tokens stand where words do.
	besideStrict      = 0.6
	besideUnlike      = 0.8
	besideAlike       = -1.8
	besideAlikeStrict = -0.9
	besideTokens      = -1.0
	besideSilent      = -0.5
	besideOpen        = -0.6 // more than this against a word needs no more

	// Fitted: what other places say counts as much as all that this place says.
	elsewhereMost = 4.0

	// Fitted.
	pullToValues = -5.0
)
