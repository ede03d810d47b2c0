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
