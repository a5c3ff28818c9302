import { useElementSize } from '@mantine/hooks'
import type { Schemas } from '../api/client'
import { formatLatency, plural } from '../format/numbers'
import classes from './Histogram.module.css'
import { bucketScale, joinBuckets, latencyTicks, spacedTicks, type LatencyBucket } from './latency'

type Anchor = 'start' | 'middle' | 'end'

interface HistogramProps {
  buckets: LatencyBucket[]
  latency: Schemas['Latency']
}

const HEIGHT = 150
const PLOT_TOP = 18
const PLOT_BOTTOM = HEIGHT - 20
const MIN_BAR_WIDTH = 5
const TICK_WIDTH = 44
const MARK_WIDTH = 28

/** A histogram of the latency on a logarithmic axis, with lines at the median and the 95th percentile. */
export function Histogram({ buckets, latency }: HistogramProps) {
  const { ref, width } = useElementSize()
  const shown = joinBuckets(buckets, Math.max(1, Math.floor(width / MIN_BAR_WIDTH)))
  const requests = plural(
    buckets.reduce((n, bucket) => n + bucket.count, 0),
    'request',
  )

  return (
    <div ref={ref} className={classes.histogram}>
      {width > 0 && shown.length > 0 && (
        <svg width={width} height={HEIGHT} role="img" aria-label={`Latency of ${requests}`}>
          <Bars buckets={shown} width={width} />
          <Axis buckets={shown} width={width} />
          <Marks buckets={shown} width={width} latency={latency} />
        </svg>
      )}
    </div>
  )
}

interface PartProps {
  buckets: LatencyBucket[]
  width: number
}

function Bars({ buckets, width }: PartProps) {
  const highest = Math.max(...buckets.map((bucket) => bucket.count), 1)
  const step = width / buckets.length
  const gap = step > 8 ? 2 : 1
  return buckets.map(({ from_ms, to_ms, count }, i) => {
    const height = count === 0 ? 0 : Math.max(2, (count / highest) * (PLOT_BOTTOM - PLOT_TOP))
    const text = `${formatLatency(from_ms)} – ${formatLatency(to_ms)}: ${plural(count, 'request')}`
    return (
      <g key={from_ms} className={classes.bucket}>
        <title>{text}</title>
        <rect className={classes.target} x={i * step} width={step} y={PLOT_TOP} height={PLOT_BOTTOM - PLOT_TOP} />
        <rect
          className={classes.bar}
          x={i * step + gap / 2}
          width={Math.max(1, step - gap)}
          y={PLOT_BOTTOM - height}
          height={height}
          rx={1}
        />
      </g>
    )
  })
}

function Axis({ buckets, width }: PartProps) {
  const low = buckets[0]?.from_ms ?? 0
  const high = buckets.at(-1)?.to_ms ?? 0
  const scale = bucketScale(buckets)
  const ticks = spacedTicks(latencyTicks(low, high, Math.floor(width / TICK_WIDTH)), scale, TICK_WIDTH / width)
  return (
    <g className={classes.axis}>
      <line x1={0} x2={width} y1={PLOT_BOTTOM + 0.5} y2={PLOT_BOTTOM + 0.5} />
      {ticks.map((tick) => (
        <text key={tick} x={scale(tick) * width} y={HEIGHT - 5} textAnchor={anchorOf(scale(tick))}>
          {formatLatency(tick)}
        </text>
      ))}
    </g>
  )
}

function Marks({ buckets, width, latency }: PartProps & { latency: Schemas['Latency'] }) {
  const scale = bucketScale(buckets)
  const [p50, p95] = [scale(latency.p50), scale(latency.p95)]
  // If the names would overlap, they go to the outer sides of their lines.
  const isTight = (p95 - p50) * width < MARK_WIDTH
  const marks: { name: string; at: number; anchor: Anchor }[] = [
    { name: 'p50', at: p50, anchor: isTight ? 'end' : anchorOf(p50) },
    { name: 'p95', at: p95, anchor: isTight ? 'start' : anchorOf(p95) },
  ]
  return (
    <g className={classes.mark}>
      {marks.map(({ name, at, anchor }) => (
        <g key={name}>
          <line x1={at * width} x2={at * width} y1={PLOT_TOP - 4} y2={PLOT_BOTTOM} />
          <text x={at * width} y={PLOT_TOP - 7} textAnchor={anchor}>
            {name}
          </text>
        </g>
      ))}
    </g>
  )
}

/** Returns the anchor that keeps text at the ends of the axis inside the picture. */
function anchorOf(at: number): Anchor {
  if (at < 0.08) return 'start'
  return at > 0.92 ? 'end' : 'middle'
}
