/** Every colour that we bring can be seen: contrast as WCAG 2 counts it, on the grounds of the four themes that come with the editor. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../src/build/setup.mjs';

type Themed = Readonly<Record<'light' | 'dark' | 'highContrast' | 'highContrastLight', string>>;
const { colors }: { colors: readonly { id: string; defaults: Themed }[] } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
).contributes;

/** `editor.background` and `editor.foreground` of Light Modern, Dark Modern and the two high contrast themes. */
const themes = {
  light: { ground: '#ffffff', text: '#3b3b3b', ofText: 4.5 },
  dark: { ground: '#1f1f1f', text: '#cccccc', ofText: 4.5 },
  highContrast: { ground: '#000000', text: '#ffffff', ofText: 7 },
  highContrastLight: { ground: '#ffffff', text: '#292929', ofText: 7 },
} as const;
/** What is no text: a line under words, a mark in the margin. */
const ofSigns = 3;

type Colour = readonly [number, number, number, number];

function colourOf(hex: string): Colour {
  const [, red = '', green = '', blue = '', alpha = 'ff'] = /^#(..)(..)(..)(..)?$/.exec(hex) ?? [];
  const part = (digits: string) => Number.parseInt(digits, 16) / 255;
  return [part(red), part(green), part(blue), part(alpha)];
}

function over([red, green, blue, alpha]: Colour, ground: Colour): Colour {
  const mixed = (top: number, below: number) => top * alpha + below * (1 - alpha);
  return [mixed(red, ground[0]), mixed(green, ground[1]), mixed(blue, ground[2]), 1];
}

function luminance([red, green, blue]: Colour): number {
  const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function contrast(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const isGround = (id: string) => /(?:added|removed|hunk)Line$|Background$/.test(id);
const isSign = (id: string) => /Underline$|Echo$|Rail|[.]note[A-Z]/.test(id);

const looks = Object.entries(themes).map(([name, look]) => ({
  look: name,
  ...look,
  valueOf: (defaults: Themed) => {
    const value = defaults[name as keyof Themed];
    return colourOf(value === 'foreground' ? look.text : value);
  },
}));
const rows = colors.flatMap(({ id, defaults }) => looks.map((look) => ({ id, defaults, ...look })));

describe('contrast', () => {
  test('is what WCAG says of black, white and grey', () => {
    expect(contrast(colourOf('#000000'), colourOf('#ffffff'))).toBeCloseTo(21);
    expect(contrast(colourOf('#767676'), colourOf('#ffffff'))).toBeCloseTo(4.54, 2);
    expect(contrast(over(colourOf('#00000080'), colourOf('#ffffff')), colourOf('#ffffff'))).toBeCloseTo(4, 0);
  });

  test('there is a colour for every theme', () => {
    for (const { defaults } of colors) expect(Object.keys(defaults).sort()).toEqual(Object.keys(themes).sort());
  });

  test.each(rows.filter(({ id }) => isGround(id)))('$look: all that stands on $id can be read', (row) => {
    const ground = over(row.valueOf(row.defaults), colourOf(row.ground));
    const texts = colors.filter(({ id }) => !isGround(id) && !isSign(id)).map(({ defaults }) => row.valueOf(defaults));
    for (const text of [colourOf(row.text), ...texts]) {
      expect(contrast(over(text, ground), ground)).toBeGreaterThanOrEqual(row.ofText);
    }
  });

  test.each(rows.filter(({ id }) => !isGround(id)))('$look: $id can be seen', (row) => {
    const ground = colourOf(row.ground);
    const found = contrast(over(row.valueOf(row.defaults), ground), ground);
    expect(found).toBeGreaterThanOrEqual(isSign(row.id) ? ofSigns : row.ofText);
  });
});
