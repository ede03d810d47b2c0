/**
 * Shows every `title` of the page the page's way: soon, on focus too, above dialogs, until Escape; and not where it only
 * repeats a text that is there in full. One listener for all of them: a card has eight, a wall hundreds of cards.
 * The attribute stays the way to say it, since it names and describes an element to assistive technology by itself; it
 * is taken away only while its tip may show, so that the browser's own does not come late on top of it.
 */
const SOON_MS = 350
/** Whoever goes from one to the next waits no more. */
const NEXT_MS = 500
const GAP = 6

export function installTooltips(page: Document): () => void {
  const tip = page.createElement('div')
  tip.className = 'tip'
  tip.popover = 'manual'
  tip.ariaHidden = 'true'
  let owner: Owner | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let hiddenAt = -Infinity
  const watcher = new MutationObserver(() => {
    owner?.take()
    if (owner && tip.isConnected) tip.textContent = owner.text
  })

  function turnTo(element: Element | null, x?: number) {
    if (owner?.element === element) return
    release()
    if (!(element instanceof HTMLElement || element instanceof SVGElement)) return
    owner = ownTitle(element)
    watcher.observe(element, { attributes: true, attributeFilter: ['title'] })
    timer = setTimeout(() => show(x), performance.now() - hiddenAt < NEXT_MS ? 0 : SOON_MS)
  }
  function show(x?: number) {
    if (!owner || !owner.element.isConnected || saysNoMore(owner)) return
    const { element, text } = owner
    tip.textContent = text
    ;(element.closest('dialog') ?? page.body).append(tip)
    tip.showPopover?.()
    place(tip, element.getBoundingClientRect(), x)
    timer = setTimeout(check, NEXT_MS)
  }
  /** What it belongs to may go away under a pointer that stays. */
  function check() {
    if (owner?.element.isConnected) timer = setTimeout(check, NEXT_MS)
    else release()
  }
  function hide() {
    clearTimeout(timer)
    if (!tip.isConnected) return
    tip.remove()
    hiddenAt = performance.now()
  }
  function release() {
    hide()
    watcher.disconnect()
    owner?.giveBack()
    owner = null
  }

  const listening = new AbortController()
  const on = <K extends keyof DocumentEventMap>(name: K, then: (event: DocumentEventMap[K]) => void) =>
    page.addEventListener(name, then, { capture: true, passive: true, signal: listening.signal })
  on('pointerover', (event) => {
    // Whoever moves onto the tip to read it keeps it, though what lies under it can be clicked.
    if (event.pointerType !== 'touch' && !isOver(tip, event))
      turnTo(titled(event.target, owner?.element), event.clientX)
  })
  on('focusin', ({ target }) => {
    if (target instanceof Element && target.matches(':focus-visible')) turnTo(titled(target, owner?.element, true))
  })
  on('focusout', release)
  on('pointerdown', hide)
  on('scroll', hide)
  on('keydown', (event) => event.key === 'Escape' && hide())
  page.documentElement.addEventListener('pointerleave', release, { signal: listening.signal })
  return () => {
    listening.abort()
    release()
  }
}

interface Owner {
  readonly element: HTMLElement | SVGElement
  readonly text: string
  /** Takes the title, also one that came while it was owned. */
  take(): void
  giveBack(): void
}

function ownTitle(element: HTMLElement | SVGElement): Owner {
  let text = ''
  const named = element.textContent?.trim() || element.hasAttribute('aria-label')
  const kept = named ? 'aria-description' : 'aria-label'
  const owner: Owner = {
    element,
    get text() {
      return text
    },
    take() {
      const now = element.getAttribute('title')
      if (!now) return
      text = now
      element.setAttribute(kept, text)
      element.removeAttribute('title')
    },
    giveBack() {
      element.removeAttribute(kept)
      if (!element.hasAttribute('title')) element.setAttribute('title', text)
    },
  }
  owner.take()
  return owner
}

/** The nearest with a title; what is owned has none while it is. `only`: nothing around it counts. */
function titled(target: EventTarget | null, owned?: Element, only = false): Element | null {
  if (!(target instanceof Element)) return null
  const near = only
    ? target.matches('[title]:not([title=""])')
      ? target
      : null
    : target.closest('[title]:not([title=""])')
  return owned?.contains(target) && !(near && owned.contains(near)) ? owned : near
}

const saysNoMore = ({ element, text }: Owner): boolean =>
  element.textContent?.trim() === text.trim() && element.scrollWidth <= element.clientWidth

function isOver(tip: HTMLElement, { clientX, clientY }: PointerEvent): boolean {
  if (!tip.isConnected) return false
  const { left, right, top, bottom } = tip.getBoundingClientRect()
  return clientX > left - GAP && clientX < right + GAP && clientY > top - GAP && clientY < bottom + GAP
}

/** Below its element, or above it where there is no room; from its left edge on, or around the pointer where it is wide. */
function place(tip: HTMLElement, around: DOMRect, x?: number) {
  const { width, height } = tip.getBoundingClientRect()
  const wished = x !== undefined && around.width > width ? x - width / 2 : around.left
  const left = Math.max(GAP, Math.min(innerWidth - width - GAP, wished))
  const below = around.bottom + GAP
  const top = below + height + GAP > innerHeight ? Math.max(GAP, around.top - height - GAP) : below
  Object.assign(tip.style, { left: `${left}px`, top: `${top}px` })
}
