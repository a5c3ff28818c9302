package format

import "strings"

// The codes of ISO 3166-1 alpha-2 (and XK, UK and EU, which are in use beside it), ISO 4217
// (and two that are not money of a state) and ISO 639-1, each between blanks.
const (
	countries  = " AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK UK EU "
	currencies = " AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL ZWG BTC ETH "
	languages  = " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
)

// isCountry takes a code in either case, as it is found in paths too.
func isCountry(text string) bool { return len(text) == 2 && isListed(countryTable, text, true) }

// isCurrency takes a code in either case.
func isCurrency(text string) bool { return len(text) == 3 && isListed(currencyTable, text, true) }

func isLanguage(text string) bool {
	return len(text) == 2 && text[0] >= 'a' && isListed(languageTable, text, false)
}

// codeTable says of each code of letters, read as a number in base 26, whether it is in a list.
type codeTable []bool

var countryTable, currencyTable, languageTable = newCodeTable(countries), newCodeTable(currencies), newCodeTable(languages)

func newCodeTable(list string) codeTable {
	codes := strings.Fields(list)
	size := 1
	for range codes[0] {
		size *= 26
	}
	table := make(codeTable, size)
	for _, code := range codes {
		if i, ok := codeNumber(code); ok {
			table[i] = true
		}
	}
	return table
}

// codeNumber reads letters of one case as a number in base 26.
func codeNumber(code string) (n int, ok bool) {
	for i := range len(code) {
		c := code[i]
		if c&0x20 != code[0]&0x20 || !isLetter(c) {
			return 0, false
		}
		n = n*26 + int(c|0x20) - 'a'
	}
	return n, true
}

func isListed(table codeTable, code string, upper bool) bool {
	n, ok := codeNumber(code)
	return ok && n < len(table) && table[n] && (upper || code[0] >= 'a')
}

// isLanguageTag tells tags of BCP 47 of a language, a script and a region, joined by hyphens
// or, as in POSIX, by an underscore: "en", "pt-BR", "zh-Hant-TW", "de_AT".
func isLanguageTag(text string) bool {
	language, rest, more := strings.Cut(text, "-")
	if !more {
		language, rest, more = strings.Cut(text, "_")
	}
	if !isLanguage(language) {
		return false
	}
	if !more {
		return true
	}
	if script, after, ok := strings.Cut(rest, "-"); ok {
		return isScript(script) && isRegion(after)
	}
	return isScript(rest) || isRegion(rest)
}

func isScript(text string) bool {
	return len(text) == 4 && isUpper(text[0]) && isAll(text, isLetter)
}

func isRegion(text string) bool { return isCountry(text) || len(text) == 3 && isAll(text, isDigit) }
