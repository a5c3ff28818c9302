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
  /** The trace that has been chosen, if any. */
  trace: string | undefined
}

/** A model without a single witness: why, and what to do. */
export function NoEndpoints({ project, trace }: NoEndpointsProps) {
  const traces = useQuery({ ...activeTracesQuery(project), refetchInterval: useRefetchInterval() })
  const isActive = traces.data?.items.some((t) => trace === undefined || t.name === trace || t.id === trace)
  return <div className={panel.panel}>{isActive ? <Waiting /> : <NoTrace project={project} trace={trace} />}</div>
}

function Waiting() {
  return (
    <EmptyState title="A trace is active">
      <p>
        <StateDot tone="waiting">Waiting for the first calls to your API</StateDot>
      </p>
      Endpoints appear here within a second or two of being called.
    </EmptyState>
  )
}

function NoTrace({ project, trace }: NoEndpointsProps) {
  return (
    <EmptyState title={trace === undefined ? 'No model yet' : `${trace} saw no calls`}>
      <p>The API model is made from the calls that a trace captures.</p>
      <Button renderRoot={(props) => <Link to="/projects/$project/traces" params={{ project }} {...props} />}>Go to Traces</Button>
    </EmptyState>
  )
}
