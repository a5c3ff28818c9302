import { Text } from '@mantine/core'
import { formatCount, formatShare } from '../../format/numbers'
import { Panel } from '../../ui/Panel'
import table from '../../ui/table.module.css'
import { authLabel } from '../model/filters'

interface AuthenticationProps {
  /** Number of requests by authentication type. */
  counts: Record<string, number>
  /** Number of requests of the endpoint. */
  requests: number
}

export function Authentication({ counts, requests }: AuthenticationProps) {
  const byCount = Object.entries(counts).sort(([, a], [, b]) => b - a)
  return (
    <Panel title="Authentication" flush={byCount.length > 0}>
      {byCount.length === 0 ? (
        <Text size="sm" c="dimmed">
          No authentication was seen.
        </Text>
      ) : (
        <table className={table.table} aria-label="Authentication">
          <tbody>
            {byCount.map(([auth, count]) => (
              <tr key={auth}>
                <td>{authLabel(auth)}</td>
                <td className={table.number}>{formatCount(count)}</td>
                <td className={`${table.number} ${table.quiet}`}>{formatShare(count / requests)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
