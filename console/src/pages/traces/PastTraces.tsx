import { Button, Text, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Schemas } from '../../api/client'
import { formatCount } from '../../format/numbers'
import { formatPeriod } from '../../format/time'
import { Panel } from '../../ui/Panel'
import { PointInTime } from '../../ui/Time'
import table from '../../ui/table.module.css'
import { TraceMenu, type OnTraceAction } from './TraceMenu'

interface PastTracesProps {
  project: string
  traces: Schemas['Trace'][]
  onAction: OnTraceAction
  /** Loads older traces; undefined if there are none. */
  onMore: (() => void) | undefined
  isLoadingMore: boolean
}

export function PastTraces({ project, traces, onAction, onMore, isLoadingMore }: PastTracesProps) {
  return (
    <Panel title="Past traces" flush={traces.length > 0}>
      {traces.length === 0 ? (
        <Text size="sm" c="dimmed">
          No trace has ended yet.
        </Text>
      ) : (
        <table className={`${table.table} ${table.cards}`}>
          <thead>
            <tr>
              <th>Name</th>
              <th>Start</th>
              <th>End</th>
              <th>Duration</th>
              <th className={table.number}>Witnesses</th>
              <th>
                <VisuallyHidden>Actions</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {traces.map((trace) => (
              <PastTrace key={trace.id} project={project} trace={trace} onAction={onAction} />
            ))}
          </tbody>
        </table>
      )}
      {onMore && (
        <Button variant="subtle" color="gray" fullWidth loading={isLoadingMore} onClick={onMore}>
          Show older traces
        </Button>
      )}
    </Panel>
  )
}

interface PastTraceProps {
  project: string
  trace: Schemas['Trace']
  onAction: OnTraceAction
}

function PastTrace({ project, trace, onAction }: PastTraceProps) {
  return (
    <tr className={table.linked}>
      <td className={`${table.mono} ${table.nowrap}`}>
        <Link
          className={table.cover}
          to="/projects/$project/model"
          params={{ project }}
          search={{ trace: trace.name }}
          title="API model of this trace"
        >
          {trace.name}
        </Link>
      </td>
      <td className={`${table.quiet} ${table.nowrap}`} data-label="Start">
        <PointInTime time={trace.start} />
      </td>
      <td className={`${table.quiet} ${table.nowrap}`} data-label="End">
        {trace.end && <PointInTime time={trace.end} />}
      </td>
      <td className={`${table.quiet} ${table.nowrap}`} data-label="Duration">
        {trace.end && formatPeriod(new Date(trace.start), new Date(trace.end))}
      </td>
      <td className={table.number} data-label="Witnesses">
        {formatCount(trace.witnesses)}
      </td>
      <td className={table.above}>
        <TraceMenu trace={trace} onAction={onAction} />
      </td>
    </tr>
  )
}
