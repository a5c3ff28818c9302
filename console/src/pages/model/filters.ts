import type { ModelFilters, Schemas } from '../../api/client'
import { listOf, stringifySearch, textOf } from '../../app/search'

type AuthType = Schemas['AuthType']

/** The filters that list values, each with a facet of the model. */
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

/** What a person reads for an authentication type. */
export function authLabel(auth: string): string {
  return isAuthType(auth) ? AUTH_LABELS[auth] : auth
}

function isAuthType(text: string): text is AuthType {
  return Object.hasOwn(AUTH_LABELS, text)
}

/** Reads the filters of a URL; what the server would refuse is left out. */
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

/** The filters with one value of a list switched on or off. */
export function toggled(filters: ModelFilters, name: ListFilter, value: string): ModelFilters {
  const before: string[] = filters[name] ?? []
  const after = before.includes(value) ? before.filter((v) => v !== value) : [...before, value].sort()
  return filtersOf({ ...filters, [name]: after })
}

/** How many values narrow the list of endpoints; the trace chooses the model and is not one of them. */
export function countFilters({ method, auth, status, host, path }: ModelFilters): number {
  return [method, auth, status, host].reduce((n, values) => n + (values?.length ?? 0), path === undefined ? 0 : 1)
}

/** The URL of the OpenAPI document of what is shown. */
export function openApiHref(project: string, format: 'yaml' | 'json', filters: ModelFilters): string {
  return `/api/v1/projects/${encodeURIComponent(project)}/model/openapi.${format}${stringifySearch({ ...filters })}`
}
