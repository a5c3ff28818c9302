/** URL parameters as the router knows them: a name given several times is an array. */
export type Search = Record<string, string | string[]>

/** Reads `?method=GET&method=POST&path=users`, the same form that the REST API takes. */
export function parseSearch(query: string): Search {
  const params = new URLSearchParams(query)
  const search: Search = {}
  for (const name of new Set(params.keys())) {
    const values = params.getAll(name)
    search[name] = values.length > 1 ? values : (values[0] ?? '')
  }
  return search
}

/** Writes what parseSearch reads; parameters without a value are left out. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof item === 'string' || typeof item === 'number') params.append(name, String(item))
    }
  }
  const query = params.toString()
  return query === '' ? '' : `?${query}`
}

/** The values of a parameter that may be given several times, each once. */
export function listOf(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value : [value]
  return [...new Set(items.filter((item): item is string => typeof item === 'string' && item !== ''))]
}

/** The value of a parameter that is given once, or undefined. */
export function textOf(value: unknown): string | undefined {
  return listOf(value)[0]
}

/** A page of the console to go on to after logging in; anything else leads to the start. */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !next.startsWith('/') || /^\/[/\\]/.test(next)) return '/'
  return next
}
