import { Button, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { SyntheticEvent } from 'react'
import { api, unwrap } from '../../api/client'
import { fieldError } from '../../api/problem'
import { keys } from '../../api/queries'
import { DialogButtons } from '../../ui/DialogButtons'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { fieldsOf } from '../../ui/fields'
import { NewSecret } from './NewSecret'

interface NewApiKeyModalProps {
  opened: boolean
  onClose: () => void
}

/** Asks for a name, then shows the secret until “Done” is clicked, so that nobody loses it by accident. */
export function NewApiKeyModal({ opened, onClose }: NewApiKeyModalProps) {
  const queryClient = useQueryClient()
  const create = useMutation({
    mutationFn: (name: string) => unwrap(api.POST('/api/v1/api-keys', { body: { name } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.apiKeys }),
    gcTime: 0, // so that the secret is not kept after it was shown
  })
  const close = () => {
    onClose()
    create.reset()
  }
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    create.mutate((fieldsOf(event.currentTarget).name ?? '').trim())
  }

  return (
    <Modal
      opened={opened}
      onClose={close}
      title={create.data ? `API key “${create.data.name}”` : 'Create API key'}
      size={create.data ? 780 : 'md'}
      closeOnClickOutside={!create.data}
      closeOnEscape={!create.data}
      withCloseButton={!create.data}
    >
      {create.data ? (
        <NewSecret apiKey={create.data} onDone={close} />
      ) : (
        <form onSubmit={submit}>
          <Stack gap="md">
            <ErrorNotice error={create.error} fields={['name']} />
            <TextInput
              label="Name"
              name="name"
              description="Where you will use the key, such as “heroku staging”."
              maxLength={100}
              autoComplete="off"
              required
              data-autofocus
              error={fieldError(create.error, 'name')}
            />
            <DialogButtons onCancel={close}>
              <Button type="submit" loading={create.isPending}>
                Create
              </Button>
            </DialogButtons>
          </Stack>
        </form>
      )}
    </Modal>
  )
}
