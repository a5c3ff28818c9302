import type { ModelFilters, Schemas } from '../../api/client'
import { listOf, stringifySearch, textOf } from '../../app/search'

type AuthType = Schemas['AuthType']

/** The filters that are lists of values. Each has a facet. */
export type ListFilter = 'method' | 'auth' | 'status' | 'host'

const AUTH_LABELS: Record<AuthType, string> = {
  none: 'none',
  basic: 'basic',
  bearer: 'bearer',
  digest: 'digest',
  api_key: 'API key',
  cookie: 'cookie',
  other: 'other',
}

/** Returns the name to show for an authentication type. */
export function authLabel(auth: string): string {
  return isAuthType(auth) ? AUTH_LABELS[auth] : auth
}

function isAuthType(text: string): text is AuthType {
  return Object.hasOwn(AUTH_LABELS, text)
}

/** Returns the filters in the parameters of a URL, without those that the server would reject. */
export function filtersOf(search: Record<string, unknown>): ModelFilters {
  const filters: ModelFilters = {}
  const method = listOf(search.method).map((m) => m.toUpperCase())
  const auth = listOf(search.auth).filter(isAuthType)
  const status = listOf(search.status).filter((s) => /^[1-5](\d\d|xx)$/.test(s))
  const host = listOf(search.host)
  const path = textOf(search.path)
  const trace = textOf(search.trace)
  if (method.length > 0) filters.method = method
  if (auth.length > 0) filters.auth = auth
  if (status.length > 0) filters.status = status
  if (host.length > 0) filters.host = host
  if (path !== undefined) filters.path = path
  if (trace !== undefined) filters.trace = trace
  return filters
}

/** Returns the filters with one value added, or removed if it was there. */
export function toggled(filters: ModelFilters, name: ListFilter, value: string): ModelFilters {
  const before: string[] = filters[name] ?? []
  const after = before.includes(value) ? before.filter((v) => v !== value) : [...before, value].sort()
  return filtersOf({ ...filters, [name]: after })
}

/** Returns the number of values that filter endpoints. The trace does not count: it selects the model. */
export function countFilters({ method, auth, status, host, path }: ModelFilters): number {
  return [method, auth, status, host].reduce((n, values) => n + (values?.length ?? 0), path === undefined ? 0 : 1)
}

/** Returns the URL of the OpenAPI document of the endpoints that pass the filters. */
export function openApiHref(project: string, format: 'yaml' | 'json', filters: ModelFilters): string {
  return `/api/v1/projects/${encodeURIComponent(project)}/model/openapi.${format}${stringifySearch({ ...filters })}`
}
