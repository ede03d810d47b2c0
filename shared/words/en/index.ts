import delivery from './delivery.json' with { type: 'json' }
import lint from './lint.json' with { type: 'json' }
import problems from './problems.json' with { type: 'json' }
import sources from './sources.json' with { type: 'json' }
import undo from './undo.json' with { type: 'json' }

export const en = { ...problems, ...undo, ...delivery, ...sources, ...lint }
