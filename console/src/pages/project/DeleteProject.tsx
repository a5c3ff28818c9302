import { Button, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import { api, unwrap, type Schemas } from '../../api/client'
import { keys } from '../../api/queries'
import { DialogButtons } from '../../ui/DialogButtons'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { Panel } from '../../ui/Panel'
import { PurgeProgress } from '../../ui/PurgeProgress'

interface DeleteProjectProps {
  /** The project in the URL. */
  param: string
  project: Schemas['Project']
}

/** The button that deletes a project, and its dialog, in which the name has to be typed. */
export function DeleteProject({ param, project }: DeleteProjectProps) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [opened, { open, close }] = useDisclosure()
  const [typed, setTyped] = useState('')
  const remove = useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/projects/{project}', { params: { path: { project: project.id } } })),
    // These run even if the page has already found out that the project is gone.
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.projects })
      await navigate({ to: '/' })
      queryClient.removeQueries({ queryKey: keys.project(param) })
    },
  })
  const cancel = () => {
    close()
    setTyped('')
    remove.reset()
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    remove.mutate()
  }

  return (
    <Panel title="Delete project">
      <Stack gap="md" align="flex-start">
        <Text size="sm">
          Deletes the project with its traces and its API model for good. Applications that use its name capture
          nothing any more.
        </Text>
        <Button color="red.9" onClick={open}>
          Delete project…
        </Button>
      </Stack>
      <Modal
        opened={opened}
        onClose={cancel}
        title={`Delete project ${project.name}`}
        closeOnClickOutside={!remove.isPending}
        closeOnEscape={!remove.isPending}
        withCloseButton={!remove.isPending}
      >
        <form onSubmit={submit}>
          <Stack gap="md">
            <Text size="sm">
              All traces and all calls of <strong>{project.name}</strong> are deleted for good. This cannot be undone.
            </Text>
            <TextInput
              label={`Type ${project.name} to confirm`}
              autoComplete="off"
              data-autofocus
              value={typed}
              onChange={(event) => {
                setTyped(event.currentTarget.value)
              }}
              disabled={remove.isPending}
            />
            <ErrorNotice error={remove.error} />
            <PurgeProgress active={remove.isPending} />
            <DialogButtons onCancel={cancel} cancelDisabled={remove.isPending}>
              <Button type="submit" color="red.9" loading={remove.isPending} disabled={typed.trim() !== project.name}>
                Delete for good
              </Button>
            </DialogButtons>
          </Stack>
        </form>
      </Modal>
    </Panel>
  )
}
