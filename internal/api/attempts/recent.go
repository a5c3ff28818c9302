package attempts

import "container/list"

// recent is a map of limited size. If it is full, a new entry replaces the least
// recently used one. It is not safe for concurrent use.
type recent[K comparable, V any] struct {
	limit   int
	order   *list.List // of entry[K, V], most recently used first
	entries map[K]*list.Element
}

type entry[K comparable, V any] struct {
	key   K
	value V
}

func newRecent[K comparable, V any](limit int) *recent[K, V] {
	return &recent[K, V]{limit: limit, order: list.New(), entries: make(map[K]*list.Element)}
}

// get returns the value of the key. If there is none, it adds the result of create.
func (r *recent[K, V]) get(key K, create func() V) V {
	if e, ok := r.entries[key]; ok {
		r.order.MoveToFront(e)
		return e.Value.(entry[K, V]).value
	}
	if len(r.entries) >= r.limit {
		r.remove(r.order.Back().Value.(entry[K, V]).key)
	}
	value := create()
	r.entries[key] = r.order.PushFront(entry[K, V]{key, value})
	return value
}

func (r *recent[K, V]) remove(key K) {
	if e, ok := r.entries[key]; ok {
		r.order.Remove(e)
		delete(r.entries, key)
	}
}
