/** The parameters of a URL. A parameter that is given several times is an array. */
export type Search = Record<string, string | string[]>

/** Parses `?method=GET&method=POST&path=users`, the form that the REST API takes. */
export function parseSearch(query: string): Search {
  const params = new URLSearchParams(query)
  const search: Search = {}
  for (const name of new Set(params.keys())) {
    const values = params.getAll(name)
    search[name] = values.length > 1 ? values : (values[0] ?? '')
  }
  return search
}

/** The inverse of parseSearch. Parameters without a value are left out. */
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

/** Returns the distinct values of a parameter that may be given several times. */
export function listOf(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value : [value]
  return [...new Set(items.filter((item): item is string => typeof item === 'string' && item !== ''))]
}

/** Returns the first value of a parameter, or undefined if it has none. */
export function textOf(value: unknown): string | undefined {
  return listOf(value)[0]
}

/** Returns the page to open after the login: `next` if it is a page of this console, else the start page. */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !next.startsWith('/') || /^\/[/\\]/.test(next)) return '/'
  return next
}
