import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { SyntheticEvent } from 'react'
import { api, unwrap } from '../../api/client'
import { fieldError } from '../../api/problem'
import { keys, setupQuery } from '../../api/queries'
import { useTitle } from '../../layout/useTitle'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { fieldsOf } from '../../ui/fields'
import { Loaded } from '../../ui/Loaded'
import { AuthCard } from './AuthCard'
import { PASSWORD_HINT, PASSWORD_MIN_LENGTH } from './password'

/** The page of the one-time link that the server prints when it has no user. */
export function SetupPage() {
  useTitle('Set up')
  const { token } = useSearch({ from: '/setup' })
  const setup = useQuery(setupQuery)

  return (
    <AuthCard title="Create the first user">
      <Loaded query={setup} title="The state of the server could not be loaded">
        {({ needed }) => {
          if (!needed) return <Done />
          return token === undefined ? <NoToken /> : <FirstUserForm token={token} />
        }}
      </Loaded>
    </AuthCard>
  )
}

function Done() {
  return (
    <Text>
      This server is already set up. <Link to="/login">Log in</Link>
    </Text>
  )
}

function NoToken() {
  return <Text>This link is incomplete. Open the whole setup link that the server printed when it started.</Text>
}

function FirstUserForm({ token }: { token: string }) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const create = useMutation({
    mutationFn: (user: { username: string; password: string }) =>
      unwrap(api.POST('/api/v1/setup', { body: { token, ...user } })),
    onSuccess: async (session) => {
      queryClient.setQueryData(keys.session, session)
      await navigate({ to: '/', replace: true })
      queryClient.removeQueries({ queryKey: keys.setup })
    },
  })
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { username = '', password = '' } = fieldsOf(event.currentTarget)
    create.mutate({ username, password })
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <ErrorNotice error={create.error} fields={['username', 'password']} />
        <TextInput
          label="Username"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          error={fieldError(create.error, 'username')}
        />
        <PasswordInput
          label="Password"
          name="password"
          description={PASSWORD_HINT}
          autoComplete="new-password"
          minLength={PASSWORD_MIN_LENGTH}
          required
          error={fieldError(create.error, 'password')}
        />
        <Button type="submit" loading={create.isPending} fullWidth>
          Create user
        </Button>
      </Stack>
    </form>
  )
}
