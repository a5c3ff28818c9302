import { Stack } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useRefetchInterval } from '../../api/events'
import { activeTracesQuery, daemonsQuery, endedTracesQuery } from '../../api/queries'
import { useProjectName, useProjectParam } from '../../layout/useProject'
import { useTitle } from '../../layout/useTitle'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { Loading } from '../../ui/Loaded'
import { ActiveTraces } from './ActiveTraces'
import { PastTraces } from './PastTraces'
import { SetupSteps } from './SetupSteps'
import { SetupProgress } from './SetupProgress'
import { StartTrace } from './StartTrace'
import type { OnTraceAction } from './TraceMenu'
import { TraceModals, type OpenAction } from './TraceModals'
import classes from './TracesPage.module.css'

/**
 * Shows the setup steps until the middleware of the project has connected to a
 * daemon, and then the traces.
 */
export function TracesPage() {
  const project = useProjectParam()
  const name = useProjectName()
  useTitle('Traces', name)
  const refetchInterval = useRefetchInterval()
  const daemons = useQuery({ ...daemonsQuery(project), refetchInterval })
  const active = useQuery({ ...activeTracesQuery(project), refetchInterval })
  const ended = useInfiniteQuery({ ...endedTracesQuery(project), refetchInterval })

  const [open, setOpen] = useState<OpenAction>()
  const onAction: OnTraceAction = (action, trace) => {
    setOpen({ action, trace })
  }

  if (!daemons.data || !active.data || !ended.data) {
    const failed = [daemons, active, ended].find((query) => query.isError)
    if (!failed) return <Loading />
    return (
      <ErrorNotice
        error={failed.error}
        title="The traces could not be loaded"
        onRetry={() => void failed.refetch()}
      />
    )
  }

  const pastTraces = ended.data.pages.flatMap((page) => page.items)
  const matching = daemons.data.items.filter((daemon) => daemon.clients.length > 0)
  const isNew = matching.length === 0 && active.data.items.length === 0 && pastTraces.length === 0

  if (isNew) {
    return (
      <div className={classes.setup}>
        <SetupSteps project={name} />
        <SetupProgress daemons={daemons.data.items} project={name} />
      </div>
    )
  }
  return (
    <Stack gap="md">
      <div className={classes.controls}>
        <ActiveTraces project={project} traces={active.data.items} onAction={onAction} />
        <StartTrace project={project} name={name} daemons={matching} />
      </div>
      <PastTraces
        project={project}
        traces={pastTraces}
        onAction={onAction}
        onMore={ended.hasNextPage ? () => void ended.fetchNextPage() : undefined}
        isLoadingMore={ended.isFetchingNextPage}
      />
      <details className={classes.again}>
        <summary>Setup steps</summary>
        <SetupSteps project={name} />
      </details>
      <TraceModals
        project={project}
        open={open}
        onClose={() => {
          setOpen(undefined)
        }}
      />
    </Stack>
  )
}
