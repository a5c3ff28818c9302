import { Title } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Schemas } from '../../api/client'
import { StatusBar } from '../../charts/StatusBar'
import { StatusLegend } from '../../charts/StatusLegend'
import { formatCount, formatLatency, formatShare, plural } from '../../format/numbers'
import { CopyButton } from '../../ui/CopyButton'
import { MethodBadge } from '../../ui/MethodBadge'
import { PointInTime, TimeAgo } from '../../ui/Time'
import classes from './EndpointHead.module.css'

interface EndpointHeadProps {
  project: string
  trace: string | undefined
  endpoint: Schemas['EndpointDetail']
}

/** The name of the endpoint and its most important figures. */
export function EndpointHead({ project, trace, endpoint }: EndpointHeadProps) {
  const { method, host, path, view, statuses } = endpoint
  const { requests, errors, error_rate, latency_ms, first_seen, last_seen } = endpoint
  return (
    <header className={classes.head}>
      <Link to="/projects/$project/model" params={{ project }} search={{ trace }} className={classes.back}>
        <IconChevronLeft size={14} aria-hidden />
        {trace === undefined ? 'All endpoints' : `All endpoints in ${trace}`}
      </Link>
      <div className={classes.name}>
        <MethodBadge method={method} />
        <Title order={2} className={classes.path}>
          {path}
        </Title>
        <CopyButton text={path} label="Copy path" />
      </div>
      <p className={classes.origin}>
        {host}
        {view !== undefined && view !== '' && (
          <>
            {' · view '}
            <code>{view}</code>
          </>
        )}
      </p>
      <dl className={classes.figures}>
        <Figure term="Requests">{formatCount(requests)}</Figure>
        <Figure term="Error rate">
          {formatShare(error_rate)}
          {errors > 0 && <small> {plural(errors, 'error')}</small>}
        </Figure>
        <Figure term="p50">{formatLatency(latency_ms.p50)}</Figure>
        <Figure term="p95">{formatLatency(latency_ms.p95)}</Figure>
        <Figure term="First seen">
          <PointInTime time={first_seen} />
        </Figure>
        <Figure term="Last seen">
          <TimeAgo time={last_seen} />
        </Figure>
      </dl>
      <StatusBar statuses={statuses} />
      <StatusLegend statuses={statuses} />
    </header>
  )
}

function Figure({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
