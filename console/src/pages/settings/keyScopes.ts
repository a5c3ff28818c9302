import type { Schemas } from '../../api/client'

type ApiKey = Schemas['ApiKey']
type KeyScope = Schemas['KeyScope']

/** The scopes of API keys, for daemons first, because most keys are for them. */
export const SCOPES: { scope: KeyScope; name: string; description: string }[] = [
  { scope: 'agent', name: 'Agent', description: 'For akita daemon: asks what to capture, and sends what it has seen.' },
  { scope: 'read', name: 'Read', description: 'For AI agents and CI: reads everything, and changes nothing.' },
  { scope: 'full', name: 'Full', description: 'For scripts: all that you may do, except for API keys and accounts.' },
]

/** Returns the name of a scope for people. */
export function scopeName(scope: KeyScope): string {
  return SCOPES.find((known) => known.scope === scope)?.name ?? scope
}

/** How many projects of a key are listed. */
const MAX_LISTED = 3

/** Says for which projects a key is valid. */
export function projectsOf({ projects }: Pick<ApiKey, 'projects'>): string {
  if (projects === null) return 'all'
  if (projects.length === 0) return 'none: they were deleted'
  const listed = projects.slice(0, MAX_LISTED).map(({ name }) => name)
  const more = projects.length - listed.length
  return more > 0 ? `${listed.join(', ')} and ${more} more` : listed.join(', ')
}

/** Reports whether a key is older than scopes. The server gave it the scope of daemons. */
export function isOlderThanScopes({ created_by }: Pick<ApiKey, 'created_by'>): boolean {
  return created_by === null
}
