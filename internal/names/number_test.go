package names

import (
	"strings"
	"testing"
)

func TestSingular(t *testing.T) {
	t.Parallel()
	const plurals = `
		users user, categories category, cookies cookie, movies movie, pies pie, boxes box, axes axis,
		statuses status, campuses campus, viruses virus, houses house, clauses clause, causes cause, uses use,
		addresses address, classes class, processes process, sizes size, prizes prize, quizzes quiz, buzzes buzz,
		analyses analysis, dialyses dialysis, diagnoses diagnosis, doses dose, courses course, licenses license,
		databases database, bases base, cases case, releases release, aliases alias, lenses lens, buses bus,
		branches branch, caches cache, niches niche, dishes dish, heroes hero, shoes shoe, photos photo,
		leaves leaf, archives archive, drives drive, people person, children child, criteria criterion,
		matrices matrix, indices index, vertices vertex, services service, devices device, media media,
		data data, series series, species species, news news, status status, analysis analysis, bus bus,
		address address, canvas canvas, analytics analytics, metrics metric, sms sms, dns dns, os os, is is,
		orderItems orderItem, orderStatuses orderStatus, userAddresses userAddress, shopPeople shopPerson,
		userData userData, gps gps, urls url, idS idS, us us, keys key, days day, queries query, replies reply,
		employees employee, trees tree, invoices invoice, prices price, pages page, messages message`
	for pair := range strings.SplitSeq(plurals, ",") {
		words := strings.Fields(pair)
		if got := Singular(words[0]); got != words[1] {
			t.Errorf("Singular(%q) = %q, want %q", words[0], got, words[1])
		}
	}
}

func TestIsPlural(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{
		"users": true, "order_items": true, "series": true, "people": true, "sizes": true, "criteria": true,
		"user": false, "status": false, "media": false, "address": false, "analytics": false, "data": false, "": false,
	} {
		if got := IsPlural(word); got != want {
			t.Errorf("IsPlural(%q) = %v, want %v", word, got, want)
		}
	}
}
