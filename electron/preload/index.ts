import { ipcRenderer } from 'electron'

// The one thing this bridge does: a page that asks gets one end of a channel to its engine. Nothing of Electron or Node
// is exposed, and what kind of page it is (officer or wall) the shell knows from the window, not from the message.
const wantPort = 'earshot:want-port'
const hereIsPort = 'earshot:port'

window.addEventListener('message', (event) => {
  if (event.source === window && event.origin === window.location.origin && event.data?.type === wantPort) {
    ipcRenderer.send(wantPort)
  }
})

ipcRenderer.on(hereIsPort, (event) => {
  const [port] = event.ports
  if (port) window.postMessage({ type: hereIsPort }, window.location.origin, [port])
})
