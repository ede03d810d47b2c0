/** The query language by example; every example is a query by itself (tests parse them). `id`: message under `listens.help.line`. */
export const queryHelp = [
  {
    id: 'join',
    lines: [
      { id: 'and', example: 'coffee machine' },
      { id: 'or', example: 'coffee OR espresso' },
      { id: 'not', example: 'coffee -decaf' },
      { id: 'group', example: '(coffee OR espresso) AND broken' },
    ],
  },
  {
    id: 'words',
    lines: [
      { id: 'phrase', example: '"out of order"' },
      { id: 'near', example: '"machine broken"~5' },
      { id: 'nearOp', example: 'machine NEAR/5 broken' },
      { id: 'onear', example: 'machine ONEAR/3 broken' },
      { id: 'gap', example: '"out * order"' },
      { id: 'wildcard', example: 'refund*' },
      { id: 'one', example: 'organi?e' },
      { id: 'slip', example: 'refund~1' },
      { id: 'title', example: 'title:(machine OR coffee)' },
      { id: 'raw', example: 'raw:"ONE"' },
      { id: 'hashtag', example: '#coffee' },
    ],
  },
  {
    id: 'who',
    lines: [
      { id: 'author', example: 'author:@lena@example.social' },
      { id: 'to', example: 'to:brewly' },
      { id: 'followers', example: 'followers:>10000' },
      { id: 'engagement', example: 'engagement:>50' },
      { id: 'network', example: 'network:mastodon' },
      { id: 'source', example: 'source:forum' },
      { id: 'country', example: 'country:DE' },
    ],
  },
  {
    id: 'what',
    lines: [
      { id: 'lang', example: 'lang:de' },
      { id: 'sentiment', example: 'sentiment:negative' },
      { id: 'intent', example: 'intent:complaint' },
      { id: 'aspect', example: 'aspect:delivery' },
      { id: 'concept', example: 'concept:"card payment"' },
      { id: 'category', example: 'category:"press enquiry"' },
      { id: 'relevance', example: '-relevance:no' },
      { id: 'kind', example: 'kind:review' },
      { id: 'has', example: 'has:link' },
      { id: 'is', example: 'is:private' },
      { id: 'site', example: 'site:example.org' },
      { id: 'url', example: 'url:example.org/press' },
      { id: 'link', example: 'link:example.org/press' },
      { id: 'since', example: 'since:2026-11-01 until:2026-11-30' },
    ],
  },
] as const
