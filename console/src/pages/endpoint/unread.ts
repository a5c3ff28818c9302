import type { Schemas } from '../../api/client'
import { formatCount, plural } from '../../format/numbers'

type Body = Schemas['Body']

/** What the page says for each reason; a reason that is not listed is shown as it is. */
const REASONS: Record<string, string> = {
  binary: 'binary',
  charset: 'unknown character encoding',
  'compressed-unknown': 'unknown compression',
  damaged: 'damaged',
  'missing-file': 'in a file that was not found',
  'not-form': 'not a form',
  'not-json': 'not JSON',
  'not-recorded': 'only the size was recorded',
  other: 'another reason',
  'too-large': 'too large',
  truncated: 'truncated',
  'unknown-type': 'media type that Akita does not read',
}

const QUIRKS: Record<string, string> = {
  callback: 'as JSONP',
  guard: 'with a guard before the JSON',
  nan: 'with NaN or Infinity',
}

/** "3 bodies were not read: 2 not JSON, 1 truncated"; undefined if all were read. */
export function unreadText(body: Pick<Body, 'unread'>): string | undefined {
  const reasons = byCount(body.unread)
  if (reasons.length === 0) return undefined
  const sum = reasons.reduce((total, [, n]) => total + n, 0)
  const verb = sum === 1 ? 'was' : 'were'
  return `${plural(sum, 'body', 'bodies')} ${verb} not read: ${listed(reasons, REASONS)}`
}

/** "A strict JSON parser refuses some bodies: 2 with NaN or Infinity"; undefined if it refuses none. */
export function quirksText(body: Pick<Body, 'quirks'>): string | undefined {
  const quirks = byCount(body.quirks)
  return quirks.length === 0 ? undefined : `A strict JSON parser refuses some bodies: ${listed(quirks, QUIRKS)}`
}

function byCount(counts: Record<string, number | undefined> = {}): [string, number][] {
  return Object.entries(counts)
    .map(([word, n = 0]): [string, number] => [word, n])
    .filter(([, n]) => n > 0)
    .sort(([a, n], [b, m]) => m - n || a.localeCompare(b))
}

function listed(counts: [string, number][], labels: Record<string, string>): string {
  return counts.map(([word, n]) => `${formatCount(n)} ${labels[word] ?? word}`).join(', ')
}
