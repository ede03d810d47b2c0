import { err, ok, type Result } from '#shared/util/result.ts'

/**
 * Fills `{{name}}` in a template. Values are escaped for the place they go to, so that a stranger's post cannot add a field
 * to a ticket or a part to an address. Fails with the name that is not known.
 */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string>>,
  escape: (text: string) => string,
): Result<string, string> {
  let unknown: string | null = null
  const filled = template.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_whole, name: string) => {
    const value = values[name]
    if (value === undefined) unknown ??= name
    return escape(value ?? '')
  })
  if (unknown === null) return ok(filled)
  return err(`The template asks for {{${unknown}}}, which is not known. Known are ${Object.keys(values).join(', ')}.`)
}

/** For the inside of a JSON string. */
export const jsonText = (text: string): string => JSON.stringify(text).slice(1, -1)
/** For a part of a URL. */
export const urlText = (text: string): string => encodeURIComponent(text)

export interface TrackerExample {
  name: string
  config: { url: string; method: string; headers: string; body: string }
  secrets: string[]
}

/** Request templates to start from. Addresses are examples and have to be completed. */
export const trackerExamples: TrackerExample[] = [
  {
    name: 'Jira Cloud',
    config: {
      url: 'https://YOUR-SITE.atlassian.net/rest/api/2/issue',
      method: 'POST',
      headers: '{"authorization": "Basic {{secret.basic}}"}',
      body: '{"fields": {"project": {"key": "CARE"}, "issuetype": {"name": "Task"}, "summary": "{{subject}}", "description": "{{text}}"}}',
    },
    secrets: ['basic'],
  },
  {
    name: 'GitHub',
    config: {
      url: 'https://api.github.com/repos/OWNER/REPOSITORY/issues',
      method: 'POST',
      headers: '{"authorization": "Bearer {{secret.token}}", "accept": "application/vnd.github+json"}',
      body: '{"title": "{{subject}}", "body": "{{text}}", "labels": ["{{priority}}"]}',
    },
    secrets: ['token'],
  },
  {
    name: 'GitLab',
    config: {
      url: 'https://gitlab.com/api/v4/projects/PROJECT-ID/issues',
      method: 'POST',
      headers: '{"private-token": "{{secret.token}}"}',
      body: '{"title": "{{subject}}", "description": "{{text}}", "labels": "{{priority}}"}',
    },
    secrets: ['token'],
  },
  {
    name: 'Zendesk',
    config: {
      url: 'https://YOUR-SITE.zendesk.com/api/v2/tickets.json',
      method: 'POST',
      headers: '{"authorization": "Basic {{secret.basic}}"}',
      body: '{"ticket": {"subject": "{{subject}}", "comment": {"body": "{{text}}"}, "external_id": "{{caseId}}"}}',
    },
    secrets: ['basic'],
  },
]
