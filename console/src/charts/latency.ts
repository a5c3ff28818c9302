import type { Schemas } from '../api/client'

export type LatencyBucket = Schemas['EndpointDetail']['latency_histogram'][number]

/** Returns a logarithmic scale that maps minMs to 0 and maxMs to 1. If they are equal, it maps everything to 0.5. */
export function logScale(minMs: number, maxMs: number): (latencyMs: number) => number {
  const low = Math.log(Math.max(minMs, 0.01))
  const high = Math.log(Math.max(maxMs, 0.01))
  if (high <= low) return () => 0.5
  return (latencyMs) => clamp((Math.log(Math.max(latencyMs, 0.01)) - low) / (high - low))
}

/** Joins neighbouring buckets until there are at most `max`. */
export function joinBuckets(buckets: LatencyBucket[], max: number): LatencyBucket[] {
  const width = Math.ceil(buckets.length / max)
  if (width <= 1) return buckets
  const joined: LatencyBucket[] = []
  for (let i = 0; i < buckets.length; i += width) {
    const [first, ...rest] = buckets.slice(i, i + width)
    if (first === undefined) break
    joined.push(rest.reduce((a, b) => ({ from_ms: a.from_ms, to_ms: b.to_ms, count: a.count + b.count }), first))
  }
  return joined
}

/** Returns the scale of an axis from 0 to 1 on which all buckets have the same width. */
export function bucketScale(buckets: LatencyBucket[]): (latencyMs: number) => number {
  return (latencyMs) => {
    const i = buckets.findIndex((bucket) => latencyMs < bucket.to_ms)
    const hit = buckets[i]
    if (hit === undefined) return 1
    return clamp((i + clamp((latencyMs - hit.from_ms) / (hit.to_ms - hit.from_ms))) / buckets.length)
  }
}

/** Returns at most `max` round latencies for an axis: 1, 2, 5, 10, … or a coarser series. */
export function latencyTicks(minMs: number, maxMs: number, max: number): number[] {
  for (const steps of [[1, 2, 5], [1, 5], [1]]) {
    const ticks = roundNumbers(steps, minMs, maxMs)
    if (ticks.length <= max) return ticks
  }
  const decades = roundNumbers([1], minMs, maxMs)
  const every = Math.ceil(decades.length / max)
  return decades.filter((_, i) => i % every === 0)
}

/** Returns the ticks that are at least minDistance apart, and half of that from the end of the axis. */
export function spacedTicks(ticks: number[], scale: (latencyMs: number) => number, minDistance: number): number[] {
  const spaced: number[] = []
  let last = -1
  for (const tick of ticks) {
    const at = scale(tick)
    if (at - last < minDistance || (at > 1 - minDistance / 2 && at < 1)) continue
    spaced.push(tick)
    last = at
  }
  return spaced
}

function roundNumbers(steps: number[], min: number, max: number): number[] {
  const numbers: number[] = []
  for (let exponent = -2; exponent <= 8; exponent++) {
    for (const step of steps) {
      const n = Number(`${step}e${exponent}`)
      if (n >= min && n <= max) numbers.push(n)
    }
  }
  return numbers
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share))
}
