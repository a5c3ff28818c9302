import { Alert, Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconInfoCircle, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Schemas } from '../../api/client'
import { apiKeysQuery } from '../../api/queries'
import { useTitle } from '../../layout/useTitle'
import { EmptyState } from '../../ui/EmptyState'
import { Loaded } from '../../ui/Loaded'
import panel from '../../ui/Panel.module.css'
import { ApiKeyTable } from './ApiKeyTable'
import { isOlderThanScopes } from './keyScopes'
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
          Daemons, scripts and AI agents authenticate with API keys. No key can create or revoke keys: only you can.
        </Text>
        <Button leftSection={<IconPlus size={16} />} onClick={open}>
          Create API key
        </Button>
      </Group>
      <Loaded query={apiKeys} title="The API keys could not be loaded">
        {({ items }) => (
          <>
            <OldKeysNotice count={items.filter(isOlderThanScopes).length} />
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
          </>
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

/** Says what has become of keys that are older than scopes. */
function OldKeysNotice({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <Alert icon={<IconInfoCircle size={18} />} mb="md" role="status">
      {count === 1 ? 'One key is' : `${count} keys are`} older than scopes, and may now do only what a daemon needs.
      Daemons go on; for scripts and AI agents, create a key with the scope Read or Full.
    </Alert>
  )
}
