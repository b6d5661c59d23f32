// Pictures inside of HTML are long and say nothing to a reader: they are shown by short names, and kept.

const WHOLE = /(\bsrc\s*=\s*["']?)(data:image\/[a-z]+;base64,[A-Za-z0-9+/=]+)/gi;
const SHORT = /(\bsrc\s*=\s*["']?)picture:(\d+)(?![A-Za-z0-9+/=])/gi;

/** Knows every picture that it has seen, so that none is lost while the HTML around it is half written. */
export class Pictures {
  private readonly known: string[] = [];

  shorten(html: string): string {
    return html.replace(WHOLE, (_, before: string, picture: string) => {
      if (!this.known.includes(picture)) this.known.push(picture);
      return `${before}picture:${this.known.indexOf(picture) + 1}`;
    });
  }

  restore(text: string): string {
    return text.replace(SHORT, (short: string, before: string, number: string) => {
      const picture = this.known[Number(number) - 1];
      return picture ? before + picture : short;
    });
  }
}
