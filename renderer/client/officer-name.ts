import { cleanOfficerName } from '#shared/model/looker.ts'

const KEY = 'earshot.officer'
/** Where a browser keeps nothing for a page, the page itself does until it is closed. */
let here = ''

/** The name under which somebody signed in on this browser; empty: nobody did, the station's own officer sits here. */
export function keptOfficerName(): string {
  try {
    return cleanOfficerName(localStorage.getItem(KEY) ?? here)
  } catch {
    return here
  }
}

export function keepOfficerName(name: string): void {
  here = cleanOfficerName(name)
  try {
    if (here === '') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, here)
  } catch {
    // Kept until the page is closed.
  }
}
