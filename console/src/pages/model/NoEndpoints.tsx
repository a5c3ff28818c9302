import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRefetchInterval } from '../../api/events'
import { activeTracesQuery } from '../../api/queries'
import { EmptyState } from '../../ui/EmptyState'
import panel from '../../ui/Panel.module.css'
import { StateDot } from '../../ui/StateDot'

interface NoEndpointsProps {
  project: string
  /** The selected trace, if any. */
  trace: string | undefined
}

/** Replaces a model without witnesses: says why it is empty and what to do next. */
export function NoEndpoints({ project, trace }: NoEndpointsProps) {
  const traces = useQuery({ ...activeTracesQuery(project), refetchInterval: useRefetchInterval() })
  const isActive = traces.data?.items.some((t) => trace === undefined || t.name === trace || t.id === trace)
  return <div className={panel.panel}>{isActive ? <Waiting /> : <NoTrace project={project} trace={trace} />}</div>
}

function Waiting() {
  return (
    <EmptyState title="A trace is active">
      <p>
        <StateDot tone="waiting">Waiting for the first requests to your app</StateDot>
      </p>
      Each endpoint appears here one or two seconds after its first request.
    </EmptyState>
  )
}

function NoTrace({ project, trace }: NoEndpointsProps) {
  return (
    <EmptyState title={trace === undefined ? 'No API model yet' : `${trace} captured no requests`}>
      <p>Akita builds the API model from the requests that a trace captures.</p>
      <Button renderRoot={(props) => <Link to="/projects/$project/traces" params={{ project }} {...props} />}>
        Go to Traces
      </Button>
    </EmptyState>
  )
}
