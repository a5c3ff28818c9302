import { Anchor, Button, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { api, unwrap, type Schemas } from '../../api/client'
import { keys } from '../../api/queries'
import { formatCount } from '../../format/numbers'
import { formatSchedule } from '../../format/schedule'
import { formatCountdown } from '../../format/time'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { Panel } from '../../ui/Panel'
import { StateDot } from '../../ui/StateDot'
import { PointInTime } from '../../ui/Time'
import { useNow } from '../../ui/useNow'
import classes from './ActiveTraces.module.css'
import { TraceMenu, type OnTraceAction } from './TraceMenu'

interface ActiveTracesProps {
  project: string
  traces: Schemas['Trace'][]
  onAction: OnTraceAction
}

export function ActiveTraces({ project, traces, onAction }: ActiveTracesProps) {
  return (
    <Panel title="Active traces" flush={traces.length > 0}>
      {traces.length === 0 ? (
        <Text size="sm" c="dimmed">
          No trace is active. Akita captures traffic only during a trace. Click “Start” to begin one.
        </Text>
      ) : (
        <ul className={classes.list}>
          {traces.map((trace) => (
            <ActiveTrace key={trace.id} project={project} trace={trace} onAction={onAction} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

interface ActiveTraceProps {
  project: string
  trace: Schemas['Trace']
  onAction: OnTraceAction
}

function ActiveTrace({ project, trace, onAction }: ActiveTraceProps) {
  const queryClient = useQueryClient()
  const stop = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/projects/{project}/traces/{trace}/stop', {
          params: { path: { project, trace: trace.id } },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.traces(project) }),
  })

  return (
    <li className={classes.trace}>
      <div className={classes.head}>
        <StateDot tone={trace.state === 'active' ? 'good' : 'waiting'}>
          <strong className={classes.name} title={trace.id}>
            {trace.name}
          </strong>
        </StateDot>
        <div className={classes.actions}>
          <Button
            variant="default"
            size="xs"
            loading={stop.isPending}
            onClick={() => {
              stop.mutate()
            }}
          >
            Stop
          </Button>
          <TraceMenu trace={trace} onAction={onAction} />
        </div>
      </div>
      <dl className={classes.facts}>
        <Fact term="Start">
          <PointInTime time={trace.start} />
        </Fact>
        {trace.schedule && <Fact term="Schedule">{formatSchedule(trace.schedule)}</Fact>}
        <Fact term="End">{trace.end ? <PointInTime time={trace.end} /> : 'until stopped'}</Fact>
        {trace.end && (
          <Fact term="Time left">
            <Countdown end={trace.end} />
          </Fact>
        )}
        <Fact term="Witnesses">{formatCount(trace.witnesses)}</Fact>
      </dl>
      <Anchor
        size="sm"
        renderRoot={(props) => (
          <Link to="/projects/$project/model" params={{ project }} search={{ trace: trace.name }} {...props} />
        )}
      >
        API model of this trace
      </Anchor>
      <ErrorNotice error={stop.error} title="The trace could not be stopped" />
    </li>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Countdown({ end }: { end: string }) {
  return <span role="timer">{formatCountdown(new Date(end), useNow())}</span>
}
