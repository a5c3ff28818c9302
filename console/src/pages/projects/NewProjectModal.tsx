import { Button, Code, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { SyntheticEvent } from 'react'
import { api, unwrap } from '../../api/client'
import { fieldError } from '../../api/problem'
import { keys } from '../../api/queries'
import { projectParam } from '../../layout/projectParam'
import { DialogButtons } from '../../ui/DialogButtons'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { fieldsOf } from '../../ui/fields'

interface NewProjectModalProps {
  opened: boolean
  onClose: () => void
}

export function NewProjectModal({ opened, onClose }: NewProjectModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="New Project">
      <NewProjectForm onCancel={onClose} />
    </Modal>
  )
}

function NewProjectForm({ onCancel }: { onCancel: () => void }) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const create = useMutation({
    mutationFn: (name: string) => unwrap(api.POST('/api/v1/projects', { body: { name } })),
    onSuccess: async (project) => {
      await queryClient.invalidateQueries({ queryKey: keys.projects })
      await navigate({ to: '/projects/$project/traces', params: { project: projectParam(project) } })
    },
  })
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    create.mutate((fieldsOf(event.currentTarget).name ?? '').trim())
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <ErrorNotice error={create.error} fields={['name']} />
        <TextInput
          label="Project name"
          name="name"
          description={
            <>
              A short, descriptive name, such as <Code>django-demo</Code>. In your app, set{' '}
              <Code>AKITA_SERVICE_NAME</Code> to this name.
            </>
          }
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          required
          data-autofocus
          error={fieldError(create.error, 'name')}
        />
        <DialogButtons onCancel={onCancel}>
          <Button type="submit" loading={create.isPending}>
            Create project
          </Button>
        </DialogButtons>
      </Stack>
    </form>
  )
}
