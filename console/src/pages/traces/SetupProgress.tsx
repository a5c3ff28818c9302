import { Stack, Text } from '@mantine/core'
import type { Schemas } from '../../api/client'
import { Panel } from '../../ui/Panel'
import { StateDot } from '../../ui/StateDot'

interface SetupProgressProps {
  project: string
  daemons: Schemas['Daemon'][]
}

/** What has reported in already, while the steps are followed. */
export function SetupProgress({ project, daemons }: SetupProgressProps) {
  return (
    <Panel title="Waiting for your app">
      <Stack gap="md" aria-live="polite">
        <DaemonProgress daemons={daemons} />
        <div>
          <StateDot tone="waiting">Waiting for the middleware</StateDot>
          <Text size="sm" c="dimmed">
            It reports in as <strong>{project}</strong> when the app starts.
          </Text>
        </div>
      </Stack>
    </Panel>
  )
}

function DaemonProgress({ daemons }: { daemons: Schemas['Daemon'][] }) {
  const healthy = daemons.filter((daemon) => daemon.state === 'healthy')
  if (healthy.length > 0) {
    return (
      <div>
        <StateDot tone="good">Daemon connected</StateDot>
        <Text size="sm" c="dimmed">
          {healthy.map((daemon) => daemon.name).join(', ')}
        </Text>
      </div>
    )
  }
  if (daemons.length > 0) {
    return (
      <div>
        <StateDot tone="bad">Daemon unhealthy</StateDot>
        <Text size="sm" c="dimmed">
          {daemons.map((daemon) => daemon.name).join(', ')} sent no heartbeat within the past minute. Is it running?
        </Text>
      </div>
    )
  }
  return (
    <div>
      <StateDot tone="waiting">Waiting for a daemon</StateDot>
      <Text size="sm" c="dimmed">
        It reports in within a second of its start.
      </Text>
    </div>
  )
}
