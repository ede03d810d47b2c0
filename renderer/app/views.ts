import type { Component } from 'vue'
import {
  Columns3,
  Ear,
  House,
  LayoutDashboard,
  RotateCcw,
  Settings,
  TriangleAlert,
  Waypoints,
  ChartLine,
} from '@lucide/vue'
import { lazyView } from '#renderer/stores/arriving.ts'

export interface View {
  id: string
  /** The letter after `g`. */
  key: string
  icon: Component
  component: Component
  /** Shown to a wall, which cannot decide anything. */
  wall: boolean
}

const files = import.meta.glob<{ default: Component }>(['../features/*/*View.vue', '!**/SearchView.vue'])

const listed: { id: string; key: string; icon: Component; file: string; wall?: boolean }[] = [
  { id: 'wall', key: 'w', icon: LayoutDashboard, file: 'wall/WallView', wall: true },
  { id: 'board', key: 'b', icon: Columns3, file: 'board/BoardView' },
  { id: 'listens', key: 'l', icon: Ear, file: 'listens/ListensView' },
  { id: 'insights', key: 'i', icon: ChartLine, file: 'insights/InsightsView' },
  { id: 'alerts', key: 'a', icon: TriangleAlert, file: 'alerts/AlertsView' },
  { id: 'review', key: 'r', icon: RotateCcw, file: 'review/ReviewView' },
  { id: 'sources', key: 's', icon: Waypoints, file: 'sources/SourcesView' },
  { id: 'desks', key: 'd', icon: House, file: 'desks/DesksView' },
  { id: 'settings', key: ',', icon: Settings, file: 'settings/SettingsView' },
]

/** The views of the rail, in its order: those whose feature exists. */
export const views: View[] = listed.flatMap(({ file, wall = false, ...view }) => {
  const load = files[`../features/${file}.vue`]
  return load ? [{ ...view, wall, component: lazyView(load) }] : []
})
export const viewById = new Map(views.map((view) => [view.id, view]))

export const welcomeView = lazyView(files['../features/welcome/WelcomeView.vue']!)
