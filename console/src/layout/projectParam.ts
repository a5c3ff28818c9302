import type { Schemas } from '../api/client'

/** How a project stands in an address: by its name where that reads well in one, else by its id. */
export function projectParam({ id, name }: Pick<Schemas['Project'], 'id' | 'name'>): string {
  return /^[a-z0-9][\w.-]*$/i.test(name) ? name : id
}
