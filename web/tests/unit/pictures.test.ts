// Pictures in the HTML of a look: whatever is typed on the way, none is lost.
import { expect, test } from 'vitest';
import { Pictures } from '~/desk/features/settings/email/pictures';

const one = 'data:image/png;base64,iVBORw0KGgo=';
const two = 'data:image/jpeg;base64,/9j/4AAQ+Zg==';

/** The field as the page keeps it: what is written is restored, what is shown is shortened. */
function field(html: string) {
  const pictures = new Pictures();
  const kept = { html, shown: pictures.shorten(html) };
  return {
    kept,
    type(text: string) {
      kept.html = pictures.restore(text);
      kept.shown = pictures.shorten(kept.html);
    },
  };
}

test('pictures have short names, the same one for the same picture', () => {
  const { kept } = field(`<img src="${one}"><img src='${two}'><img src=${one}>`);
  expect(kept.shown).toBe(`<img src="picture:1"><img src='picture:2'><img src=picture:1>`);
});

test('no keystroke on the way loses a picture', () => {
  const html = `<p><img alt="" src="${one}"> and <img src='${two}'></p>`;
  const { kept, type } = field(html);
  const whole = kept.shown;
  for (let at = 0; at < whole.length; at++) {
    type(whole.slice(0, at) + whole.slice(at + 1));
    type(whole);
    expect(kept.html, `without letter ${at}`).toBe(html);
  }
  type('');
  type(whole);
  expect(kept.html, 'all cut and pasted again').toBe(html);
});

test('a quote that is missing for a moment leaves the picture where it is', () => {
  const { kept, type } = field(`<img src="${one}" alt="">`);
  type('<img src="picture:1 alt="">');
  expect(kept.html).toBe(`<img src="${one} alt="">`);
});

test('words about a picture stay words, and numbers that stand for nothing stay', () => {
  const { kept, type } = field(`<img src="${one}">`);
  type('<p>See "picture:1"</p><img src="picture:12"><img src="picture:0">');
  expect(kept.html).toBe('<p>See "picture:1"</p><img src="picture:12"><img src="picture:0">');
});

test('what is typed behind a name takes nothing of the picture along', () => {
  const { kept, type } = field(`<img src="${one}">`);
  type('<img src="picture:1x">');
  expect(kept.shown).toBe('<img src="picture:1x">');
  type('<img src="picture:1">');
  expect(kept.html).toBe(`<img src="${one}">`);
});
