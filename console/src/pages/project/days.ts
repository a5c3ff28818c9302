import { plural } from '../../format/numbers'

/** The most days of a retention. */
export const MAX_DAYS = 3650

/** Says what a retention deletes. Null keeps calls for ever. */
export function describeRetention(days: number | null): string {
  if (days === null) return 'Nothing is deleted unless you delete it.'
  if (!(days >= 1 && days <= MAX_DAYS)) return 'Enter a number of days.'
  const exact = days > 90 ? ' Calls of a month are deleted together.' : ''
  return `Calls that are older than ${plural(days, 'day')} are deleted for good, within an hour.${exact}`
}
