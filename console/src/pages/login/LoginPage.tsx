import { Alert, Button, Code, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import type { SyntheticEvent } from 'react'
import { api, unwrap } from '../../api/client'
import { keys, setupQuery } from '../../api/queries'
import { safeNext } from '../../app/search'
import { useTitle } from '../../layout/useTitle'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { AuthCard } from './AuthCard'
import { fieldsOf } from '../../ui/fields'

export function LoginPage() {
  useTitle('Log in')
  const { next } = useSearch({ from: '/login' })
  const router = useRouter()
  const queryClient = useQueryClient()
  const setup = useQuery(setupQuery)

  const logIn = useMutation({
    mutationFn: (body: { username: string; password: string }) => unwrap(api.POST('/api/v1/session', { body })),
    onSuccess: (session) => {
      queryClient.setQueryData(keys.session, session)
      router.history.replace(safeNext(next))
    },
  })
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { username = '', password = '' } = fieldsOf(event.currentTarget)
    logIn.mutate({ username, password })
  }

  return (
    <AuthCard title="Log in">
      <form onSubmit={submit}>
        <Stack gap="md">
          {setup.data?.needed && (
            <Alert title="This server has no user yet">
              Open the setup link that <Code>akita server</Code> printed when it started. The link is valid for one
              hour. Restart the server to get a new one.
            </Alert>
          )}
          <ErrorNotice error={logIn.error} />
          <TextInput
            label="Username"
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            // eslint-disable-next-line jsx-a11y/no-autofocus -- this page has nothing else to read or do
            autoFocus
          />
          <PasswordInput label="Password" name="password" autoComplete="current-password" required />
          <Button type="submit" loading={logIn.isPending} fullWidth>
            Log in
          </Button>
        </Stack>
      </form>
    </AuthCard>
  )
}
