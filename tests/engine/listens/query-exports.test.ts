import { expect, it } from 'vitest'
import { readQueryList } from '#engine/listens/query-list.ts'
const read = (text: string) => readQueryList(text).map(({ name, query }) => [name, query])
const q = (s: string) => '"' + s.replaceAll('"', '""') + '"'
const two = [
  ['Tram', 'tramlo AND ("bell" OR brake)'],
  ['Toys', 'toy NOT tramlo'],
]
const rows: [string, string, unknown][] = [
  [
    'brandwatch export with lead-in lines',
    `Report:,Query export\nBrand:,Tramlo\n\nQuery Id,Query Name,Boolean Query,Languages,Status\n1,Tram,${q(two[0]![1]!)},en,active\n2,Toys,toy NOT tramlo,en,active\n`,
    two,
  ],
  [
    'multi-line query cell',
    `Name,Query\nTram,"tramlo AND\n(""bell"" OR\nbrake)"\nToys,toy NOT tramlo\n`,
    [['Tram', 'tramlo AND\n("bell" OR\nbrake)'], two[1]],
  ],
  ['sep=; line', `sep=;\nName;Query\nTram;${q(two[0]![1]!)}\nToys;toy NOT tramlo`, two],
  ['quoted head', `"Name";"Query"\n"Tram";${q(two[0]![1]!)}\n"Toys";"toy NOT tramlo"`, two],
  ['query first, name last', `Search query\tKeyword name\nx\ty\n`, [['y', 'x']]],
  ['french head', `Nom;Requête\nTram;${q(two[0]![1]!)}\nToys;toy NOT tramlo`, two],
  ['spanish head', `Nombre,Consulta\nTram,${q(two[0]![1]!)}\nToys,toy NOT tramlo`, two],
  ['empty query cells', 'Name,Query\nA,\nB,bell\n', [['B', 'bell']]],
  [
    'formula guard',
    `Name,Query\nA,"'=bell"\nB,"'-toy tramlo"\n`,
    [
      ['A', '=bell'],
      ['B', '-toy tramlo'],
    ],
  ],
  [
    'talkwalker topics',
    '{"result_topics":{"data":[{"title":"P","nodes":[{"id":"1","title":"Tram","query":"tramlo AND (\\"bell\\" OR brake)"},{"id":"2","title":"Toys","query":"toy NOT tramlo"}]}]}}',
    two,
  ],
  [
    'x rules',
    '{"data":[{"id":"1","value":"tramlo AND (\\"bell\\" OR brake)","tag":"Tram"},{"id":"2","value":"toy NOT tramlo","tag":"Toys"}]}',
    two,
  ],
  [
    'included and excluded',
    '[{"name":"Tram","includedTerms":["tramlo"],"excludedTerms":["toy","game"]}]',
    [['Tram', '(tramlo) NOT ((toy) OR (game))']],
  ],
  [
    'csv included excluded',
    'name,query,excluded terms\nTram,tramlo,"toy, board game"\n',
    [['Tram', '(tramlo) NOT (toy OR "board game")']],
  ],
  [
    'markdown table',
    '| Name | Query |\n|---|---|\n| Tram | tramlo AND ("bell" OR brake) |\n| Toys | toy NOT tramlo |',
    two,
  ],
  ['blank lines CRLF', 'Tram: tramlo AND ("bell" OR brake)\r\n\r\nToys: toy NOT tramlo\r\n', two],
  [
    'smart-quoted lines',
    '“bell”\n„brake“',
    [
      [null, '“bell”'],
      [null, '„brake“'],
    ],
  ],
  ['utf16 nul', 'Name\tQuery\u0000\nA\tbell', [['A', 'bell']]],
]
it.each(rows)('of a list: %s', (_w, text, expected) => expect(read(text)).toEqual(expected))
