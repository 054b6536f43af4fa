/** Placeholders of template languages: `{{ x }}`, `{% x %}`, `<% x %>`, `@@x@@`. */
const placeholder = /\{\{[^]{0,200}?\}\}|\{%[^]{0,200}?%\}|<%[^]{0,200}?%>|@@[\w.-]{1,100}@@/

/** Whether a text holds a placeholder that a program fills in before a builder sees the file. */
export function hasPlaceholder(text: string): boolean {
  return placeholder.test(text)
}
