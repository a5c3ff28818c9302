import { Stack, Text } from '@mantine/core'
import type { Schemas } from '../../api/client'
import { Panel } from '../../ui/Panel'
import { StateDot } from '../../ui/StateDot'

interface SetupProgressProps {
  project: string
  daemons: Schemas['Daemon'][]
}

/** Shows what has connected so far while the user follows the steps. */
export function SetupProgress({ project, daemons }: SetupProgressProps) {
  return (
    <Panel title="Waiting for your app">
      <Stack gap="md" aria-live="polite">
        <DaemonProgress daemons={daemons} />
        <div>
          <StateDot tone="waiting">Waiting for the middleware</StateDot>
          <Text size="sm" c="dimmed">
            It connects to the daemon as <strong>{project}</strong> when your app starts.
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
          No heartbeat from {daemons.map((daemon) => daemon.name).join(', ')} within the last minute. Check that it is
          running.
        </Text>
      </div>
    )
  }
  return (
    <div>
      <StateDot tone="waiting">Waiting for a daemon</StateDot>
      <Text size="sm" c="dimmed">
        It appears here within a second of its start.
      </Text>
    </div>
  )
}
