import '@fontsource-variable/inter/wght.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { config } from 'zod'
import App from './app/App.vue'
import { createWords } from './app/i18n.ts'
import { portTransport } from './client/port-transport.ts'
import { socketTransport } from './client/socket-transport.ts'
import { createStation, stationKey } from './client/station.ts'
import { installTooltips } from './components/tooltips.ts'
import { installKeys } from './composables/control/useKeys.ts'
import { usePreferences } from './stores/preferences.ts'

// The page's CSP forbids compiling code from strings; zod would try.
config({ jitless: true })

installKeys()
installTooltips(document)

const transport = location.protocol === 'app:' ? portTransport(window) : socketTransport(location.href)
const station = createStation(transport)
const app = createApp(App)
app.use(createPinia())
app.use(createWords(usePreferences().locale))
app.provide(stationKey, station)
app.config.errorHandler = (error, _instance, info) => console.error(`In ${info}:`, error)
app.mount('#app')
