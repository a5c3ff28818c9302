import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRefetchInterval } from '../../api/events'
import type { Schemas } from '../../api/client'
import { daemonsQuery } from '../../api/queries'
import { useProjectName, useProjectParam } from '../../layout/useProject'
import { useTitle } from '../../layout/useTitle'
import { CodeBlock } from '../../ui/CodeBlock'
import { EmptyState } from '../../ui/EmptyState'
import { Loaded } from '../../ui/Loaded'
import panel from '../../ui/Panel.module.css'
import { TimeAgo } from '../../ui/Time'
import table from '../../ui/table.module.css'
import { daemonCommand } from '../traces/snippets'
import classes from './DaemonsPage.module.css'

export function DaemonsPage() {
  const project = useProjectParam()
  useTitle('Daemons', useProjectName())
  const daemons = useQuery({ ...daemonsQuery(project), refetchInterval: useRefetchInterval() })
  return (
    <Loaded query={daemons} title="The daemons could not be loaded">
      {({ items }) => (
        <Stack gap="sm">
          <div className={panel.panel}>{items.length === 0 ? <NoDaemons /> : <DaemonTable daemons={items} />}</div>
          <Text size="xs" c="dimmed">
            A daemon is healthy if it sent a heartbeat within the last minute. One hour after its last heartbeat, it is
            removed from the list. Every project lists all daemons, but only its own clients.
          </Text>
        </Stack>
      )}
    </Loaded>
  )
}

function NoDaemons() {
  return (
    <EmptyState title="No daemons in the last hour">
      <p>Start a daemon next to your app, with an API key from Settings. It appears here within a second.</p>
      <div className={classes.command}>
        <CodeBlock title="Terminal" code={daemonCommand({ origin: window.location.origin })} />
      </div>
    </EmptyState>
  )
}

function DaemonTable({ daemons }: { daemons: Schemas['Daemon'][] }) {
  return (
    <div className={panel.flush}>
      <table className={`${table.table} ${table.cards}`} aria-label="Daemons">
        <thead>
          <tr>
            <th>Name</th>
            <th>State</th>
            <th>Last heartbeat</th>
            <th>Middleware clients</th>
            <th>Version</th>
          </tr>
        </thead>
        <tbody>
          {daemons.map((daemon) => (
            <tr key={daemon.name}>
              <td>
                <strong>{daemon.name}</strong>
                {daemon.instances > 1 && (
                  <div className={table.quiet}>{daemon.instances} daemons have this name</div>
                )}
              </td>
              <td data-label="State">
                <span className={classes.state} data-state={daemon.state}>
                  {daemon.state}
                </span>
              </td>
              <td className={table.nowrap} data-label="Last heartbeat">
                <TimeAgo time={daemon.last_heartbeat} />
              </td>
              <td data-label="Middleware clients">
                <Clients clients={daemon.clients} />
              </td>
              <td className={`${table.quiet} ${table.nowrap}`} data-label="Version">{daemon.version ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Clients({ clients }: { clients: Schemas['Client'][] }) {
  if (clients.length === 0) return <span className={table.quiet}>none</span>
  return (
    <ul className={classes.clients}>
      {clients.map((client) => (
        <li key={client.name}>
          {client.name}
          {client.last_seen !== undefined && (
            <span className={classes.seen}>
              {' '}
              <TimeAgo time={client.last_seen} />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
