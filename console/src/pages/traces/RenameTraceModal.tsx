import { Button, Modal, Stack, TextInput } from '@mantine/core'
import type { SyntheticEvent } from 'react'
import { fieldError } from '../../api/problem'
import { useChangeTrace } from '../../api/queries'
import { DialogButtons } from '../../ui/DialogButtons'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { fieldsOf } from '../../ui/fields'
import type { TraceModalProps } from './TraceModals'

/** Asks for the new name of a trace. */
export function RenameTraceModal({ project, trace, onClose }: TraceModalProps) {
  const rename = useChangeTrace(project, onClose)
  const close = () => {
    onClose()
    rename.reset()
  }
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (trace) rename.mutate({ id: trace.id, body: { name: (fieldsOf(event.currentTarget).name ?? '').trim() } })
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
            <DialogButtons onCancel={close}>
              <Button type="submit" loading={rename.isPending}>
                Rename
              </Button>
            </DialogButtons>
          </Stack>
        </form>
      )}
    </Modal>
  )
}
