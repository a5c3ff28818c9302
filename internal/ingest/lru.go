package ingest

import "container/list"

// lru is a cache that removes the least recently used entries above a total
// weight. It always keeps the most recent entry, even if that is too heavy. It is
// not safe for concurrent use.
type lru[K comparable, V any] struct {
	limit   int64
	weight  int64
	entries map[K]*list.Element // of order
	order   *list.List          // of *lruEntry[K, V], the most recent first
}

type lruEntry[K comparable, V any] struct {
	key    K
	value  V
	weight int64
}

func newLRU[K comparable, V any](limit int64) *lru[K, V] {
	return &lru[K, V]{limit: limit, entries: map[K]*list.Element{}, order: list.New()}
}

func (l *lru[K, V]) get(key K) (value V, ok bool) {
	element, ok := l.entries[key]
	if !ok {
		return value, false
	}
	l.order.MoveToFront(element)
	return element.Value.(*lruEntry[K, V]).value, true
}

func (l *lru[K, V]) put(key K, value V, weight int64) {
	l.drop(key)
	l.entries[key] = l.order.PushFront(&lruEntry[K, V]{key, value, weight})
	l.weight += weight
	for l.weight > l.limit && l.order.Len() > 1 {
		l.remove(l.order.Back())
	}
}

// drop removes the key if it exists.
func (l *lru[K, V]) drop(key K) {
	if element, ok := l.entries[key]; ok {
		l.remove(element)
	}
}

func (l *lru[K, V]) remove(element *list.Element) {
	entry := l.order.Remove(element).(*lruEntry[K, V])
	delete(l.entries, entry.key)
	l.weight -= entry.weight
}

func (l *lru[K, V]) clear() { *l = *newLRU[K, V](l.limit) }
