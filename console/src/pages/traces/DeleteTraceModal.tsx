import { Button, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client'
import { keys } from '../../api/queries'
import { plural } from '../../format/numbers'
import { DialogButtons } from '../../ui/DialogButtons'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { PurgeProgress } from '../../ui/PurgeProgress'
import type { TraceModalProps } from './TraceModals'

/** Says what is deleted with a trace, and deletes it. It stays open until the bytes are removed. */
export function DeleteTraceModal({ project, trace, onClose }: TraceModalProps) {
  const queryClient = useQueryClient()
  const remove = useMutation({
    mutationFn: (id: string) =>
      unwrap(
        api.DELETE('/api/v1/projects/{project}/traces/{trace}', { params: { path: { project, trace: id } } }),
      ),
    onSuccess: async () => {
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.traces(project) }),
        queryClient.invalidateQueries({ queryKey: keys.model(project) }),
      ])
      onClose()
    },
  })
  const close = () => {
    onClose()
    remove.reset()
  }

  return (
    <Modal
      opened={trace !== undefined}
      onClose={close}
      title="Delete trace"
      closeOnClickOutside={!remove.isPending}
      closeOnEscape={!remove.isPending}
      withCloseButton={!remove.isPending}
    >
      {trace && (
        <Stack gap="md">
          <Text size="sm">
            <strong>{trace.name}</strong> and its {plural(trace.witnesses, 'witness', 'witnesses')} are deleted for
            good, from the model of the project too. Calls that another trace has seen stay.
            {trace.state !== 'ended' && ' It stops capturing at once.'} This cannot be undone.
          </Text>
          <ErrorNotice error={remove.error} />
          <PurgeProgress active={remove.isPending} />
          <DialogButtons onCancel={close} cancelDisabled={remove.isPending} focusCancel>
            <Button
              color="red.9"
              loading={remove.isPending}
              onClick={() => {
                remove.mutate(trace.id)
              }}
            >
              Delete for good
            </Button>
          </DialogButtons>
        </Stack>
      )}
    </Modal>
  )
}
