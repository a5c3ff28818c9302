import type { Schemas } from '../api/client'

/** Returns what identifies a project in a URL: its name if that needs no escaping, else its id. */
export function projectParam({ id, name }: Pick<Schemas['Project'], 'id' | 'name'>): string {
  return /^[a-z0-9][\w.-]*$/i.test(name) ? name : id
}
