import { expect, it } from 'vitest'
import { projectParam } from './projectParam'

it.each([
  ['django-demo', 'django-demo'],
  ['API_v1.2', 'API_v1.2'],
  ['My shop', 'svc_1'],
  ['a/b', 'svc_1'],
  ['..', 'svc_1'],
  ['größe', 'svc_1'],
])('project %s is %s in a URL', (name, param) => {
  expect(projectParam({ id: 'svc_1', name })).toBe(param)
})
