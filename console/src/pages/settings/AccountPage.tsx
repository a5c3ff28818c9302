import { Alert, Button, PasswordInput, Stack } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { SyntheticEvent } from 'react'
import { api, unwrap } from '../../api/client'
import { fieldError } from '../../api/problem'
import { sessionQuery } from '../../api/queries'
import { useTitle } from '../../layout/useTitle'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { fieldsOf } from '../../ui/fields'
import { Panel } from '../../ui/Panel'
import { PASSWORD_HINT, PASSWORD_MIN_LENGTH } from '../login/password'

export function AccountPage() {
  useTitle('Account', 'Settings')
  const session = useQuery(sessionQuery)
  const change = useMutation({
    mutationFn: ({ current, replacement }: { form: HTMLFormElement; current: string; replacement: string }) =>
      unwrap(api.POST('/api/v1/account/password', { body: { current, new: replacement } })),
    onSuccess: (_, { form }) => {
      form.reset()
    },
  })
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const { current = '', replacement = '' } = fieldsOf(form)
    change.mutate({ form, current, replacement })
  }

  return (
    <Panel title="Change password" aside={session.data && `Logged in as ${session.data.username}`}>
      <form onSubmit={submit}>
        <Stack gap="md" maw="24rem">
          {change.isSuccess && (
            <Alert color="green" icon={<IconCheck size={18} />} role="status">
              Password changed. Your other sessions have been logged out.
            </Alert>
          )}
          <ErrorNotice error={change.error} fields={['current', 'new']} />
          <input type="hidden" autoComplete="username" value={session.data?.username ?? ''} readOnly />
          <PasswordInput
            label="Current password"
            name="current"
            autoComplete="current-password"
            required
            error={fieldError(change.error, 'current')}
          />
          <PasswordInput
            label="New password"
            name="replacement"
            description={PASSWORD_HINT}
            autoComplete="new-password"
            minLength={PASSWORD_MIN_LENGTH}
            required
            error={fieldError(change.error, 'new')}
          />
          <Button type="submit" loading={change.isPending} style={{ alignSelf: 'flex-start' }}>
            Change password
          </Button>
        </Stack>
      </form>
    </Panel>
  )
}
