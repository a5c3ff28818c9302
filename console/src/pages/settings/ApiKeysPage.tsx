import { Button, Group, Text, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Schemas } from '../../api/client'
import { apiKeysQuery } from '../../api/queries'
import { useTitle } from '../../layout/useTitle'
import { EmptyState } from '../../ui/EmptyState'
import { Loaded } from '../../ui/Loaded'
import panel from '../../ui/Panel.module.css'
import { PointInTime, TimeAgo } from '../../ui/Time'
import table from '../../ui/table.module.css'
import classes from './ApiKeysPage.module.css'
import { NewApiKeyModal } from './NewApiKeyModal'
import { RevokeApiKeyModal } from './RevokeApiKeyModal'

type ApiKey = Schemas['ApiKey']

/** How often to fetch the API keys, in milliseconds: the server sends no event when a key is used. */
const REFETCH_INTERVAL_MS = 15_000

export function ApiKeysPage() {
  useTitle('API keys', 'Settings')
  const apiKeys = useQuery({ ...apiKeysQuery, refetchInterval: REFETCH_INTERVAL_MS })
  const [creating, { open, close }] = useDisclosure()
  const [revoking, setRevoking] = useState<ApiKey>()

  return (
    <>
      <Group justify="space-between" align="flex-start" mb="md" gap="sm">
        <Text size="sm" c="dimmed" maw="42rem">
          A daemon authenticates with an API key. API keys are not tied to a project.
        </Text>
        <Button leftSection={<IconPlus size={16} />} onClick={open}>
          Create API key
        </Button>
      </Group>
      <Loaded query={apiKeys} title="The API keys could not be loaded">
        {({ items }) => (
          <div className={panel.panel}>
            {items.length === 0 ? (
              <EmptyState title="No API keys yet">
                Create an API key. Then set <code>AKITA_API_KEY_ID</code> and <code>AKITA_API_KEY_SECRET</code> in the
                environment of your daemon.
              </EmptyState>
            ) : (
              <ApiKeyTable apiKeys={items} onRevoke={setRevoking} />
            )}
          </div>
        )}
      </Loaded>
      <NewApiKeyModal opened={creating} onClose={close} />
      <RevokeApiKeyModal
        apiKey={revoking}
        onClose={() => {
          setRevoking(undefined)
        }}
      />
    </>
  )
}

function ApiKeyTable({ apiKeys, onRevoke }: { apiKeys: ApiKey[]; onRevoke: (apiKey: ApiKey) => void }) {
  return (
    <div className={panel.flush}>
      <table className={`${table.table} ${table.cards}`}>
        <thead>
          <tr>
            <th>Name</th>
            <th>Key ID</th>
            <th>Created</th>
            <th>Last used</th>
            <th>
              <VisuallyHidden>Actions</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {apiKeys.map((apiKey) => (
            <tr key={apiKey.id}>
              <td>
                <strong>{apiKey.name}</strong>
              </td>
              <td className={table.mono} data-label="Key ID">{apiKey.id}</td>
              <td className={`${table.quiet} ${table.nowrap}`} data-label="Created">
                <PointInTime time={apiKey.created} />
              </td>
              <td className={`${table.quiet} ${table.nowrap}`} data-label="Last used">
                {apiKey.last_used ? <TimeAgo time={apiKey.last_used} /> : 'never'}
              </td>
              <td className={`${table.number} ${classes.action}`}>
                <Button
                  variant="subtle"
                  color="red"
                  size="compact-sm"
                  aria-label={`Revoke ${apiKey.name}`}
                  onClick={() => {
                    onRevoke(apiKey)
                  }}
                >
                  Revoke
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
