import { Button, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import { api, unwrap, type Schemas } from '../../api/client'
import { fieldError } from '../../api/problem'
import { keys } from '../../api/queries'
import { plural } from '../../format/numbers'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { Panel } from '../../ui/Panel'
import { StateDot } from '../../ui/StateDot'
import { SCHEDULE_FIELDS, ScheduleFields } from './ScheduleFields'
import classes from './StartTrace.module.css'
import { describeDraft, MAX_HOURS, newDraft, ownTimeZone, requestOf, type Draft, type WindowKind } from './window'

const KINDS: { value: WindowKind; label: string }[] = [
  { value: 'duration', label: 'Duration' },
  { value: 'until_stopped', label: 'Until stopped' },
  { value: 'schedule', label: 'Schedule' },
]

interface StartTraceProps {
  project: string
  name: string
  /** The daemons that the middleware of this project has connected to. */
  daemons: Schemas['Daemon'][]
}

/** The form that starts a trace, with the daemons that will take part in it. */
export function StartTrace({ project, name, daemons }: StartTraceProps) {
  const queryClient = useQueryClient()
  const [draft, setDraft] = useState<Draft>(() => newDraft(ownTimeZone()))
  const start = useMutation({
    mutationFn: (body: Schemas['NewTrace']) =>
      unwrap(api.POST('/api/v1/projects/{project}/traces', { params: { path: { project } }, body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.traces(project) }),
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    start.mutate(requestOf(draft))
  }
  const change = (changed: Partial<Draft>) => {
    setDraft((current) => ({ ...current, ...changed }))
    if (start.isError) start.reset()
  }

  return (
    <Panel title="Start a trace">
      <form onSubmit={submit}>
        <Stack gap="md">
          <DaemonList name={name} daemons={daemons} />
          <SegmentedControl
            aria-label="When it captures"
            fullWidth
            data={KINDS}
            value={draft.kind}
            onChange={(kind) => {
              change({ kind })
            }}
          />
          {draft.kind === 'duration' && (
            <NumberInput
              label="Duration (hours)"
              description={`Whole hours, 1 to ${MAX_HOURS}. Start with one hour.`}
              min={1}
              max={MAX_HOURS}
              allowDecimal={false}
              allowNegative={false}
              required
              value={draft.hours}
              onChange={(hours) => {
                change({ hours })
              }}
              error={fieldError(start.error, 'duration_hours')}
            />
          )}
          {draft.kind === 'schedule' && <ScheduleFields draft={draft} error={start.error} onChange={change} />}
          <p className={classes.summary} role="status" aria-label="The trace captures">
            <span>Captures</span>
            <strong>{describeDraft(draft)}</strong>
          </p>
          <ErrorNotice
            error={start.error}
            title="The trace could not be started"
            fields={['duration_hours', ...SCHEDULE_FIELDS]}
          />
          <Button type="submit" loading={start.isPending}>
            Start
          </Button>
        </Stack>
      </form>
    </Panel>
  )
}

function DaemonList({ name, daemons }: { name: string; daemons: Schemas['Daemon'][] }) {
  if (daemons.length === 0) {
    return (
      <div>
        <StateDot tone="waiting">No daemon is ready</StateDot>
        <Text size="sm" c="dimmed">
          A trace captures nothing until the middleware of {name} has connected to a daemon.
        </Text>
      </div>
    )
  }
  return (
    <div>
      <Text size="xs" c="dimmed" mb={4}>
        Daemons connected to {name}
      </Text>
      <ul className={classes.daemons} aria-label="Matching daemons">
        {daemons.map((daemon) => (
          <li key={daemon.name}>
            <StateDot tone={daemon.state === 'healthy' ? 'good' : 'bad'}>
              <strong>{daemon.name}</strong>
            </StateDot>
            <span className={classes.clients} title={daemon.clients.map((client) => client.name).join(', ')}>
              {daemon.state === 'healthy' ? plural(daemon.clients.length, 'client') : 'unhealthy'}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
