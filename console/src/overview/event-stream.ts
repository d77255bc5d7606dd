/** One event of a stream (text/event-stream). */
export interface ServerEvent {
  readonly id: string;
  /** Empty: an id alone, which says how far the server has read. */
  readonly kind: string;
  readonly data: string;
}

const MOST_CHARACTERS = 4_000_000;

interface Fields {
  id: string;
  kind: string;
  data: string[];
}

/** Reads events out of pieces of text as they come. Throws where one event never ends. */
export class EventStreamReader {
  #rest = '';
  #lastId = '';
  #fields: Fields = { id: '', kind: '', data: [] };

  take(piece: string): readonly ServerEvent[] {
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > MOST_CHARACTERS) throw new Error('An event of the feed is too long.');
    return lines.flatMap((line) => this.#line(line.replace(/\r$/, '')));
  }

  #line(line: string): readonly ServerEvent[] {
    if (line === '') return this.#end();
    const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (name === 'id') this.#fields.id = value;
    else if (name === 'event') this.#fields.kind = value;
    else if (name === 'data') this.#fields.data.push(value);
    return [];
  }

  #end(): readonly ServerEvent[] {
    const { id, kind, data } = this.#fields;
    this.#fields = { id: '', kind: '', data: [] };
    if (id === '' && data.length === 0) return [];
    if (id !== '') this.#lastId = id;
    return [{ id: this.#lastId, kind, data: data.join('\n') }];
  }
}
