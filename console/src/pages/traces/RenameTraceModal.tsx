import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { SyntheticEvent } from 'react'
import { api, unwrap } from '../../api/client'
import { fieldError } from '../../api/problem'
import { keys } from '../../api/queries'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { fieldsOf } from '../../ui/fields'
import type { TraceModalProps } from './TraceModals'

/** Asks for the new name of a trace. */
export function RenameTraceModal({ project, trace, onClose }: TraceModalProps) {
  const queryClient = useQueryClient()
  const rename = useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      unwrap(
        api.PATCH('/api/v1/projects/{project}/traces/{trace}', {
          params: { path: { project, trace: id } },
          body: { name },
        }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.traces(project) })
      onClose()
    },
  })
  const close = () => {
    onClose()
    rename.reset()
  }
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (trace) rename.mutate({ id: trace.id, name: (fieldsOf(event.currentTarget).name ?? '').trim() })
  }

  return (
    <Modal opened={trace !== undefined} onClose={close} title="Rename trace">
      {trace && (
        <form onSubmit={submit}>
          <Stack gap="md">
            <ErrorNotice error={rename.error} fields={['name']} />
            <TextInput
              label="Trace name"
              name="name"
              description="No other trace of the project has it."
              defaultValue={trace.name}
              maxLength={100}
              autoComplete="off"
              required
              data-autofocus
              error={fieldError(rename.error, 'name')}
            />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
              <Button type="submit" loading={rename.isPending}>
                Rename
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  )
}
