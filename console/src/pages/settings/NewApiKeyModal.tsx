import { Button, Modal, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import { api, unwrap, type Schemas } from '../../api/client'
import { keys } from '../../api/queries'
import { DialogButtons } from '../../ui/DialogButtons'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { fieldsOf } from '../../ui/fields'
import { ApiKeyFields } from './ApiKeyFields'
import { NewSecret } from './NewSecret'

interface NewApiKeyModalProps {
  opened: boolean
  onClose: () => void
}

/**
 * Asks for a name, a scope and projects, then shows the secret until “Done” is clicked, so that nobody loses it
 * by accident.
 */
export function NewApiKeyModal({ opened, onClose }: NewApiKeyModalProps) {
  const queryClient = useQueryClient()
  const [projects, setProjects] = useState<string[]>([])
  const create = useMutation({
    mutationFn: (body: Schemas['NewApiKey']) => unwrap(api.POST('/api/v1/api-keys', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.apiKeys }),
    gcTime: 0, // so that the secret is not kept after it was shown
  })
  const close = () => {
    onClose()
    create.reset()
    setProjects([])
  }
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { name = '', scope } = fieldsOf(event.currentTarget)
    create.mutate({
      name: name.trim(),
      scope: scope as Schemas['KeyScope'], // its radio buttons have no other values
      projects: projects.length > 0 ? projects : null,
    })
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
            <ErrorNotice error={create.error} fields={['name', 'scope', 'projects']} />
            <ApiKeyFields projects={projects} error={create.error} onProjects={setProjects} />
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
