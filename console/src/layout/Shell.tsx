import { Text, UnstyledButton } from '@mantine/core'
import { IconLogout, IconSettings } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Navigate, Outlet, useLocation, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api, unwrap } from '../api/client'
import { isUnauthorized } from '../api/problem'
import { sessionQuery } from '../api/queries'
import { ErrorNotice } from '../ui/ErrorNotice'
import { Loading } from '../ui/Loaded'
import { Logo } from '../ui/Logo'
import { ProjectSwitch } from './ProjectSwitch'
import classes from './Shell.module.css'

/** The frame of every page that needs a login. Without a session, it redirects to the login page. */
export function Shell() {
  const session = useQuery(sessionQuery)
  const project = useParams({ strict: false, select: (params) => params.project })

  if (isUnauthorized(session.error)) return <ToLogin />
  return (
    <>
      <header className={classes.header}>
        <nav className={classes.bar} aria-label="Main">
          <Link to="/" className={classes.home} aria-label="Akita: all projects">
            <Logo />
            <span className={classes.name}>Akita</span>
          </Link>
          {project !== undefined && session.data && <ProjectSwitch current={project} />}
          <span className={classes.gap} />
          <Link
            to="/settings"
            className={classes.link}
            activeProps={{ className: classes.active }}
            aria-label="Settings"
          >
            <IconSettings size={16} aria-hidden />
            <span className={classes.wide}>Settings</span>
          </Link>
          {session.data && <UserControls username={session.data.username} />}
        </nav>
      </header>
      <main className={classes.main}>
        {session.data && <Outlet />}
        {session.isPending && <Loading />}
        {session.isError && !session.data && (
          <ErrorNotice
            error={session.error}
            title="The console could not be loaded"
            onRetry={() => void session.refetch()}
          />
        )}
      </main>
    </>
  )
}

/** Redirects to the login page, which returns here. The redirect changes the URL, so the first one is kept. */
function ToLogin() {
  const href = useLocation({ select: (location) => location.href })
  const [next] = useState(href)
  return <Navigate to="/login" search={{ next }} replace />
}

function UserControls({ username }: { username: string }) {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const logOut = useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/session')),
    onSuccess: async () => {
      await navigate({ to: '/login' })
      queryClient.clear()
    },
  })
  return (
    <>
      <Text size="sm" c="dimmed" className={classes.wide} maw={160} truncate title={`Logged in as ${username}`}>
        {username}
      </Text>
      <UnstyledButton
        className={classes.action}
        aria-label="Log out"
        title={logOut.isError ? 'Could not log out. Try again.' : undefined}
        disabled={logOut.isPending}
        onClick={() => {
          logOut.mutate()
        }}
      >
        <IconLogout size={16} aria-hidden />
        <span className={classes.wide}>Log out</span>
      </UnstyledButton>
    </>
  )
}
