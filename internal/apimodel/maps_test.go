package apimodel

import (
	"slices"
	"testing"
	"unsafe"
)

func TestSortedKeys(t *testing.T) {
	t.Parallel()
	if got, want := sortedKeys(map[string]int{"b": 1, "": 2, "a": 3}), []string{"", "a", "b"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestGetCreatesOnce(t *testing.T) {
	t.Parallel()
	created := 0
	m := make(map[string]*int)
	create := func() *int { created++; return new(int) }
	first := get(m, "a", create)
	if again := get(m, "a", create); again != first || created != 1 {
		t.Errorf("the value of a key was created %d times", created)
	}
}

// Keys are parts of large inputs, which they must not keep in memory.
func TestKeysShareNoMemory(t *testing.T) {
	t.Parallel()
	input := "GET /a/b with megabytes behind it"
	method, template := input[:3], input[4:8]
	strs := make(map[string]int)
	get(strs, method, func() int { return 1 })
	for key := range strs {
		if key != method || unsafe.StringData(key) == unsafe.StringData(method) {
			t.Errorf("the key %q is a part of its input", key)
		}
	}
	keys := make(map[routeKey]int)
	get(keys, routeKey{method: method, template: template, base: template}, func() int { return 1 })
	for key := range keys {
		for own, of := range map[string]string{key.method: method, key.template: template, key.base: template} {
			if own != of || unsafe.StringData(own) == unsafe.StringData(of) {
				t.Errorf("%q of a route's key is a part of its input", own)
			}
		}
	}
	if got := cloned(7); got != 7 {
		t.Errorf("a number became %d", got)
	}
}
