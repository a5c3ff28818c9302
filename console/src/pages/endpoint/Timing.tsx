import type { Schemas } from '../../api/client'
import { Histogram } from '../../charts/Histogram'
import type { LatencyBucket } from '../../charts/latency'
import { formatCount, formatLatency } from '../../format/numbers'
import { Panel } from '../../ui/Panel'
import table from '../../ui/table.module.css'
import classes from './Timing.module.css'

interface TimingProps {
  latency: Schemas['Latency']
  histogram: LatencyBucket[]
  responses: Schemas['Response'][]
}

const PERCENTILES = ['p50', 'p90', 'p95', 'p99', 'max'] as const

/** The latency of the endpoint: percentiles, distribution, and percentiles by status code. */
export function Timing({ latency, histogram, responses }: TimingProps) {
  return (
    <Panel title="Timing" aside="From request to response, measured in the app" flush>
      <dl className={classes.percentiles}>
        {PERCENTILES.map((name) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{formatLatency(latency[name])}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.chart}>
        <Histogram buckets={histogram} latency={latency} />
      </div>
      <table className={`${table.table} ${classes.byStatus}`} aria-label="Timing by response code">
        <thead>
          <tr>
            <th>Response</th>
            <th className={table.number}>Count</th>
            <th className={table.number}>p50</th>
            <th className={table.number}>p95</th>
            <th className={table.number}>p99</th>
          </tr>
        </thead>
        <tbody>
          {responses.map(({ status, count, latency_ms }) => (
            <tr key={status}>
              <td className={table.mono}>{status}</td>
              <td className={table.number}>{formatCount(count)}</td>
              <td className={table.number}>{formatLatency(latency_ms.p50)}</td>
              <td className={table.number}>{formatLatency(latency_ms.p95)}</td>
              <td className={table.number}>{formatLatency(latency_ms.p99)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
