import { formatLatency } from '../format/numbers'
import type { Schemas } from '../api/client'
import classes from './LatencyRange.module.css'

interface LatencyRangeProps {
  latency: Schemas['Latency']
  /** Maps a latency to a position from 0 to 1. Rows that are compared share a scale. */
  scale: (latencyMs: number) => number
}

const WIDTH = 96
const HEIGHT = 12
/** Space for the dot at both ends, in pixels. */
const INSET = 3

/** A latency from the median (dot) to the 95th percentile (end of the bar) and the 99th (end of the line). */
export function LatencyRange({ latency, scale }: LatencyRangeProps) {
  const x = (latencyMs: number) => INSET + scale(latencyMs) * (WIDTH - 2 * INSET)
  const text = `p50 ${formatLatency(latency.p50)}, p95 ${formatLatency(latency.p95)}, p99 ${formatLatency(latency.p99)}`
  const middle = HEIGHT / 2
  return (
    <svg className={classes.range} width={WIDTH} height={HEIGHT} role="img" aria-label={text}>
      <title>{text}</title>
      <line className={classes.track} x1={0} x2={WIDTH} y1={middle} y2={middle} />
      <line className={classes.tail} x1={x(latency.p50)} x2={x(latency.p99)} y1={middle} y2={middle} />
      <line className={classes.body} x1={x(latency.p50)} x2={x(latency.p95)} y1={middle} y2={middle} />
      <circle className={classes.median} cx={x(latency.p50)} cy={middle} r={3} />
    </svg>
  )
}
