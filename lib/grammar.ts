import { expectCount } from './expect.ts';
import type { Random } from './random.ts';

/**
 * Rules that write sentences: for each rule its alternatives, each with its probability.
 *
 * An alternative is a list of parts with spaces between them. A part that is the name of a rule stands for
 * whatever that rule writes, any other part for itself. Writing begins at the rule `sentence`.
 */
export type Grammar = {
  readonly sentence: Alternatives;
  readonly [rule: string]: Alternatives;
};

type Alternatives = { readonly [parts: string]: number };

/** A sentence of a language, and how often it is said: a part of 1. */
export interface LikelySentence {
  readonly text: string;
  readonly probability: number;
}

/**
 * Talk about the weather, around the lesson's 今天天气很好: 39 sentences from 20 characters.
 *
 * How much of what came before decides the next character grows from rule to rule: 了 is due only where 昨天
 * stands four characters back, and the last character of a comparison repeats one that is six back.
 */
export const weatherGrammar: Grammar = {
  sentence: {
    'day 天气 degree quality': 0.4,
    '今天 event': 0.1,
    '明天会 event': 0.1,
    '昨天 event 了': 0.15,
    comparison: 0.25,
  },
  day: { 今天: 0.5, 明天: 0.25, 昨天: 0.25 },
  degree: { 很: 0.5, 不: 0.25, 真: 0.25 },
  quality: { 好: 0.5, 热: 0.25, 冷: 0.25 },
  event: { 下雨: 0.5, 下雪: 0.25, 刮风: 0.25 },
  comparison: {
    '昨天很好，今天也很好': 0.5,
    '昨天很热，今天也很热': 0.25,
    '昨天很冷，今天也很冷': 0.25,
  },
};

/**
 * All sentences that a grammar can write, each with its probability; together they have probability 1.
 *
 * A sentence that can be written in two ways stands there once, with both probabilities added.
 *
 * @param grammar rules that do not lead back to themselves, so that the language is finite
 * @throws when probabilities of a rule are negative or do not add up to 1, when a rule leads back to itself
 *
 * @example
 * ```ts
 * sentencesOf({ sentence: { 'day 晴': 1 }, day: { 今天: 0.75, 明天: 0.25 } }) // => [{ text: '今天晴', probability: 0.75 }, { text: '明天晴', probability: 0.25 }]
 * sentencesOf(weatherGrammar).length // => 39
 * ```
 */
export function sentencesOf(grammar: Grammar): LikelySentence[] {
  expectGrammar(grammar);
  const probabilities = new Map<string, number>();
  for (const { text, probability } of written(grammar, 'sentence')) {
    probabilities.set(text, (probabilities.get(text) ?? 0) + probability);
  }
  return Array.from(probabilities, ([text, probability]) => ({ text, probability }));
}

function written(grammar: Grammar, rule: string): LikelySentence[] {
  return Object.entries(grammar[rule]).flatMap(([alternative, chance]) => {
    let unfinished: LikelySentence[] = [{ text: '', probability: chance }];
    for (const part of partsOf(alternative)) {
      const endings = isRule(grammar, part) ? written(grammar, part) : [{ text: part, probability: 1 }];
      unfinished = unfinished.flatMap(start =>
        endings.map(end => ({
          text: start.text + end.text,
          probability: start.probability * end.probability,
        })),
      );
    }
    return unfinished;
  });
}

/**
 * Sentences as the grammar writes them, by chance; frequent ones come again.
 *
 * @param grammar the rules
 * @param count how many sentences
 * @param random the source of chance
 * @throws as `sentencesOf` does
 *
 * @example
 * ```ts
 * sampleSentences(weatherGrammar, 2, () => 0) // => ['今天天气很好', '今天天气很好']
 * ```
 */
export function sampleSentences(grammar: Grammar, count: number, random: Random): string[] {
  expectGrammar(grammar);
  expectCount('sampleSentences', 'count', count, 0);
  return Array.from({ length: count }, () => writeOne(grammar, 'sentence', random));
}

function writeOne(grammar: Grammar, rule: string, random: Random): string {
  const alternatives = Object.entries(grammar[rule]);
  let left = random();
  let choice = 0;
  // Rounding may leave a little at the end; it belongs to the last alternative.
  while (choice < alternatives.length - 1 && left >= alternatives[choice][1])
    left -= alternatives[choice++][1];
  return partsOf(alternatives[choice][0])
    .map(part => (isRule(grammar, part) ? writeOne(grammar, part, random) : part))
    .join('');
}

function partsOf(alternative: string): string[] {
  return alternative.split(' ').filter(part => part !== '');
}

function isRule(grammar: Grammar, part: string): boolean {
  return Object.hasOwn(grammar, part);
}

function expectGrammar(grammar: Grammar): void {
  for (const [rule, alternatives] of Object.entries(grammar)) {
    const chances = Object.values(alternatives);
    const total = chances.reduce((sum, chance) => sum + chance, 0);
    if (chances.some(chance => !(chance >= 0)) || Math.abs(total - 1) > 1e-9) {
      throw new RangeError(
        `grammar: expected the probabilities of rule ${rule} to be 0 or more and to add up to 1, got ${chances.join(' + ')}`,
      );
    }
  }
  expectEnd(grammar, 'sentence', []);
}

function expectEnd(grammar: Grammar, rule: string, above: readonly string[]): void {
  const path = [...above, rule];
  if (above.includes(rule)) {
    throw new RangeError(
      `grammar: expected rules that come to an end, got one that leads back to itself: ${path.join(' > ')}`,
    );
  }
  for (const alternative of Object.keys(grammar[rule])) {
    for (const part of partsOf(alternative)) if (isRule(grammar, part)) expectEnd(grammar, part, path);
  }
}
