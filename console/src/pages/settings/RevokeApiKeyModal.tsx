import { Button, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap, type Schemas } from '../../api/client'
import { keys } from '../../api/queries'
import { DialogButtons } from '../../ui/DialogButtons'
import { ErrorNotice } from '../../ui/ErrorNotice'

interface RevokeApiKeyModalProps {
  /** The key to revoke; without one, the modal is closed. */
  apiKey: Schemas['ApiKey'] | undefined
  onClose: () => void
}

export function RevokeApiKeyModal({ apiKey, onClose }: RevokeApiKeyModalProps) {
  const queryClient = useQueryClient()
  const revoke = useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE('/api/v1/api-keys/{apiKey}', { params: { path: { apiKey: id } } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.apiKeys })
      onClose()
    },
  })
  const close = () => {
    onClose()
    revoke.reset()
  }

  return (
    <Modal opened={apiKey !== undefined} onClose={close} title="Revoke API key">
      {apiKey && (
        <Stack gap="md">
          <Text size="sm">
            Daemons, scripts and AI agents that use <strong>{apiKey.name}</strong> will be refused. This cannot be
            undone.
          </Text>
          <ErrorNotice error={revoke.error} />
          <DialogButtons onCancel={close} focusCancel>
            <Button
              color="red.9"
              loading={revoke.isPending}
              onClick={() => {
                revoke.mutate(apiKey.id)
              }}
            >
              Revoke
            </Button>
          </DialogButtons>
        </Stack>
      )}
    </Modal>
  )
}
