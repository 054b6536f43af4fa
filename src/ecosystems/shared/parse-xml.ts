import { parseXml as parse, XmlElement as ParsedElement, XmlText } from '@rgrove/parse-xml'

/** An element without namespaces: names are as written, without their prefix. */
export interface XmlNode {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlNode[]
  /** Its own text, trimmed. */
  readonly text: string
}

/** The root element of a document; the problem as a text when it cannot be parsed. */
export function parseXml(text: string): XmlNode | string {
  try {
    const { root } = parse(text.replace(/^\uFEFF/, ''), { ignoreUndefinedEntities: true })
    return root === null ? 'it has no element' : toElement(root)
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
  }
}

function toElement(element: ParsedElement): XmlNode {
  const own = element.children.filter((child) => child instanceof XmlText)
  return {
    name: element.name.replace(/^.*:/, ''),
    attributes: new Map(Object.entries(element.attributes)),
    children: element.children.filter((child) => child instanceof ParsedElement).map(toElement),
    text: own
      .map(({ text }) => text)
      .join('')
      .trim(),
  }
}

/** The child elements at a path of names: `['modules', 'module']`. */
export function childrenAt(element: XmlNode | undefined, ...names: readonly string[]): readonly XmlNode[] {
  let found: readonly XmlNode[] = element === undefined ? [] : [element]
  for (const name of names)
    found = found.flatMap(({ children }) => children.filter((child) => child.name === name))
  return found
}

/** The text of the first child element at a path of names. */
export function textAt(element: XmlNode | undefined, ...names: readonly string[]): string | undefined {
  return childrenAt(element, ...names)[0]?.text
}
