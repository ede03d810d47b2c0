/** What every field of a form is told; a control hands it on to the `FormField` around it. */
export interface FieldProps {
  label: string
  hint?: string
  /** Its name among the form's faults. */
  name?: string
  error?: string
  required?: boolean
  optional?: boolean
  /** Takes the whole line of a row. */
  wide?: boolean
  hideLabel?: boolean
}

/** The part of a control's props that is the field's. */
export const fieldOf = ({ label, hint, name, error, required, optional, wide, hideLabel }: FieldProps) => ({
  label,
  hint,
  name,
  error,
  required,
  optional,
  wide,
  hideLabel,
})
