import { computed, inject, provide, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { Condition } from '#shared/model/rule.ts'
import { addAt, faultsOf, moveAt, removeAt, replaceAt, type ConditionFault, type Path } from './conditionTree.ts'

export interface ConditionEdit {
  replace(path: Path, next: Condition): void
  remove(path: Path): void
  add(path: Path, condition: Condition): void
  move(path: Path, step: 1 | -1): void
  faultAt(path: Path): ConditionFault['fault'] | null
  faults: ComputedRef<ConditionFault[]>
}

const key: InjectionKey<ConditionEdit> = Symbol('condition')

export function useConditionEdit(): ConditionEdit {
  const edit = inject(key)
  if (!edit) throw new Error('No condition is being edited here')
  return edit
}

/** Editing a tree of conditions: every part of it changes the root, which stays a value. */
export function provideConditionEdit(root: Ref<Condition>): ConditionEdit {
  const faults = computed(() => faultsOf(root.value))
  const byPath = computed(() => new Map(faults.value.map(({ path, fault }) => [path.join('.'), fault])))
  const edit: ConditionEdit = {
    faults,
    faultAt: (path) => byPath.value.get(path.join('.')) ?? null,
    replace: (path, next) => (root.value = replaceAt(root.value, path, next)),
    remove: (path) => (root.value = removeAt(root.value, path)),
    add: (path, condition) => (root.value = addAt(root.value, path, condition)),
    move: (path, step) => (root.value = moveAt(root.value, path, step)),
  }
  provide(key, edit)
  return edit
}
