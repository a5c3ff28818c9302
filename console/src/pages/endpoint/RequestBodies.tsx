import { Link, useSearch } from '@tanstack/react-router'
import type { Schemas } from '../../api/client'
import { Panel } from '../../ui/Panel'
import { tabProps } from '../../ui/RouteTabs'
import { BodyTypes } from './BodyTypes'

export function RequestBodies({ bodies }: { bodies: Schemas['Body'][] }) {
  const { requestMedia } = useSearch({ from: '/shell/projects/$project/model/$endpoint' })
  return (
    <Panel title="Request">
      <BodyTypes
        bodies={bodies}
        selected={requestMedia}
        label="Request"
        renderTab={({ media_type }, isSelected) => (
          <Link
            key={media_type}
            from="/projects/$project/model/$endpoint"
            to="."
            search={(before) => ({ ...before, requestMedia: media_type })}
            replace
            resetScroll={false}
            {...tabProps(isSelected)}
          >
            {media_type}
          </Link>
        )}
      />
    </Panel>
  )
}
