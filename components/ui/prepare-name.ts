/** The words of a name such as "UserScopedEventRouter" or "chat.event-router": together they are the name again. */
export function nameParts(name: string): string[] {
  return name.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[._:/@-])(?=[^._:/@-])/);
}
