import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { sessionQuery } from '../../api/queries'
import { RouteTabs, tabProps } from '../../ui/RouteTabs'
import classes from './SettingsLayout.module.css'

export function SettingsLayout() {
  const path = useLocation({ select: (location) => location.pathname })
  const session = useQuery(sessionQuery)
  return (
    <>
      <Title order={1}>Settings</Title>
      <RouteTabs label="Settings">
        <Link to="/settings/api-keys" {...tabProps(path === '/settings/api-keys')}>
          API keys
        </Link>
        <Link to="/settings/account" {...tabProps(path === '/settings/account')}>
          Account
        </Link>
      </RouteTabs>
      <div className={classes.content}>
        <Outlet />
      </div>
      {session.data && <p className={classes.version}>Akita {session.data.version}</p>}
    </>
  )
}
