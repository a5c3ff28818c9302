const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

/** 12345 → "12,345". */
export function formatCount(n: number): string {
  return counts.format(n)
}

/** 12345 → "12.3K". Show the exact number in a tooltip. */
export function formatCompact(n: number): string {
  return compact.format(n)
}

/** "1 witness", "2 witnesses". */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`
}

/** Formats a share from 0 to 1 as a percentage. Only 0 becomes "0%", and only 1 becomes "100%". */
export function formatShare(share: number): string {
  if (share <= 0) return '0%'
  if (share >= 1) return '100%'
  const percent = share * 100
  if (percent < 0.1) return '<0.1%'
  if (percent > 99.9) return '>99.9%'
  return `${Number(percent.toFixed(percent < 10 ? 1 : 0)) || 0}%`.replace(/^100%$/, '>99%')
}

/** Formats a duration with up to three digits: "0.42 ms", "38 ms", "1.25 s", "2 min". */
export function formatLatency(latencyMs: number): string {
  if (latencyMs < 1) return `${trim(latencyMs, 2)} ms`
  if (latencyMs < 9.95) return `${trim(latencyMs, 1)} ms`
  if (latencyMs < 999.5) return `${trim(latencyMs, 0)} ms`
  if (latencyMs < 9_995) return `${trim(latencyMs / 1_000, 2)} s`
  if (latencyMs < 59_950) return `${trim(latencyMs / 1_000, 1)} s`
  return `${trim(latencyMs / 60_000, 1)} min`
}

function trim(n: number, fractionDigits: number): string {
  return String(Number(n.toFixed(fractionDigits)))
}
