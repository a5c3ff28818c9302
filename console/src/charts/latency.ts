import type { Schemas } from '../api/client'

export type LatencyClass = Schemas['EndpointDetail']['latency_histogram'][number]

/** Maps milliseconds to 0…1 on a logarithmic scale from a lowest to a highest latency. */
export function logScale(minMs: number, maxMs: number): (latencyMs: number) => number {
  const low = Math.log(Math.max(minMs, 0.01))
  const high = Math.log(Math.max(maxMs, 0.01))
  if (high <= low) return () => 0.5
  return (latencyMs) => clamp((Math.log(Math.max(latencyMs, 0.01)) - low) / (high - low))
}

/** The classes, neighbours joined until there are no more than a number of them. */
export function joinClasses(classes: LatencyClass[], max: number): LatencyClass[] {
  const width = Math.ceil(classes.length / max)
  if (width <= 1) return classes
  const joined: LatencyClass[] = []
  for (let i = 0; i < classes.length; i += width) {
    const [first, ...rest] = classes.slice(i, i + width)
    if (first === undefined) break
    joined.push(rest.reduce((a, b) => ({ from_ms: a.from_ms, to_ms: b.to_ms, count: a.count + b.count }), first))
  }
  return joined
}

/** Maps milliseconds to 0…1 on an axis where each class is equally wide. */
export function classScale(classes: LatencyClass[]): (latencyMs: number) => number {
  return (latencyMs) => {
    const i = classes.findIndex((c) => latencyMs < c.to_ms)
    const hit = classes[i]
    if (hit === undefined) return 1
    return clamp((i + clamp((latencyMs - hit.from_ms) / (hit.to_ms - hit.from_ms))) / classes.length)
  }
}

/** Round latencies for an axis: 1, 2, 5, 10, …, or fewer where that is too many. */
export function latencyTicks(minMs: number, maxMs: number, max: number): number[] {
  for (const steps of [[1, 2, 5], [1, 5], [1]]) {
    const ticks = roundNumbers(steps, minMs, maxMs)
    if (ticks.length <= max) return ticks
  }
  const decades = roundNumbers([1], minMs, maxMs)
  const every = Math.ceil(decades.length / max)
  return decades.filter((_, i) => i % every === 0)
}

/** Of the ticks, those that keep a distance on the axis to the one before and to its end. */
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
