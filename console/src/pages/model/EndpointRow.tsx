import { Link } from '@tanstack/react-router'
import type { Schemas } from '../../api/client'
import { LatencyRange } from '../../charts/LatencyRange'
import { StatusBar } from '../../charts/StatusBar'
import { formatCount, formatLatency, formatShare } from '../../format/numbers'
import { MethodBadge } from '../../ui/MethodBadge'
import table from '../../ui/table.module.css'
import classes from './EndpointTable.module.css'
import { authLabel } from './filters'
import { hostLabel } from './hosts'

interface EndpointRowProps {
  project: string
  trace: string | undefined
  endpoint: Schemas['Endpoint']
  showHost: boolean
  /** The number of requests relative to the most requested endpoint, 0 to 1. */
  requestShare: number
  latencyScale: (latencyMs: number) => number
}

export function EndpointRow({ project, trace, endpoint, showHost, requestShare, latencyScale }: EndpointRowProps) {
  const { id, method, hosts, path, requests, errors, error_rate, statuses, auth, latency_ms } = endpoint
  return (
    <tr className={table.linked}>
      <td className={classes.endpoint}>
        <Link
          className={`${table.cover} ${classes.name}`}
          to="/projects/$project/model/$endpoint"
          params={{ project, endpoint: id }}
          search={{ trace }}
        >
          <MethodBadge method={method} />
          <span className={classes.path}>
            {showHost && (
              <span className={classes.host} title={hosts.join(', ')}>
                {hostLabel(endpoint)}
              </span>
            )}
            {path}
          </span>
        </Link>
      </td>
      <td className={classes.auth}>
        {auth.length === 0 ? <span className={table.quiet}>none</span> : auth.map(authLabel).join(', ')}
      </td>
      <td className={table.number} data-label="Requests">
        {formatCount(requests)}
        <span className={classes.share} style={{ width: `${requestShare * 100}%` }} aria-hidden />
      </td>
      <td className={classes.statuses}>
        <StatusBar statuses={statuses} />
      </td>
      <td
        className={`${table.number} ${errors === 0 ? table.quiet : ''}`}
        data-label="Errors"
        title={`${formatCount(errors)} of ${formatCount(requests)}`}
      >
        {formatShare(error_rate)}
      </td>
      <td className={table.number} data-label="p50">
        {formatLatency(latency_ms.p50)}
      </td>
      <td className={table.number} data-label="p95">
        {formatLatency(latency_ms.p95)}
      </td>
      <td className={classes.range}>
        <LatencyRange latency={latency_ms} scale={latencyScale} />
      </td>
    </tr>
  )
}
