import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { sampleSentences, sentencesOf, weatherGrammar } from '../../lib/grammar.ts';
import {
  bestLoss,
  entropyPerCharacter,
  entropyPerSentence,
  predictionsPerSentence,
} from '../../lib/language.ts';
import { seededRandom } from '../../lib/random.ts';

const near = (got: number, expected: number, tolerance = 1e-12) =>
  assert.ok(Math.abs(got - expected) <= tolerance, `${got}, expected ${expected}`);

const lesson = [{ text: '今天天气很好', probability: 1 }];
const weather = sentencesOf(weatherGrammar);

test("the lesson's sentence: from counting alone to certainty", () => {
  // Without context: 天 twice, five others once, of seven predictions.
  near(bestLoss(lesson, 0), -(2 / 7) * Math.log(2 / 7) + (5 / 7) * Math.log(7));
  // One character: only 天 is followed by two (天 and 气), each once.
  near(bestLoss(lesson, 1), (2 * Math.log(2)) / 7);
  for (const length of [2, 3, 7, 20]) near(bestLoss(lesson, length), 0);
  assert.is(entropyPerSentence(lesson), 0);
  assert.is(predictionsPerSentence(lesson), 7);
});

test('three sentences, worked out by hand', () => {
  // 晴 1/2, 晴热 1/4, 雨热 1/4. Predictions: 2, 3, 3, so 2.5 a sentence.
  const sentences = [
    { text: '晴', probability: 0.5 },
    { text: '晴热', probability: 0.25 },
    { text: '雨热', probability: 0.25 },
  ];
  assert.is(predictionsPerSentence(sentences), 2.5);
  near(entropyPerSentence(sentences), 1.5 * Math.log(2));
  near(entropyPerCharacter(sentences), 0.6 * Math.log(2));
  // One character is enough to know all: begin 3/4 : 1/4, after 晴 2/3 END : 1/3 热.
  const first = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
  const second = -0.75 * ((2 / 3) * Math.log(2 / 3) + (1 / 3) * Math.log(1 / 3));
  near(bestLoss(sentences, 1), (first + second) / 2.5);
  near(bestLoss(sentences, 1), 0.6 * Math.log(2));
});

test('entropyPerSentence of the weather grammar: the closed form of its rules', () => {
  // No sentence can be written in two ways, so the entropies of the choices add up. Each of day, degree,
  // quality, event and comparison is 1/2, 1/4, 1/4: 1.5 ln 2. Used 0.4 * 3 + 0.35 + 0.25 times a sentence.
  const top = -[0.4, 0.1, 0.1, 0.15, 0.25].reduce((sum, p) => sum + p * Math.log(p), 0);
  near(entropyPerSentence(weather), top + 1.8 * 1.5 * Math.log(2));
  // Lengths with END: 7, 5, 6, 6, 11.
  near(predictionsPerSentence(weather), 0.4 * 7 + 0.1 * 5 + 0.1 * 6 + 0.15 * 6 + 0.25 * 11);
});

test('bestLoss of the weather grammar falls with the context and reaches the entropy at six characters', () => {
  const losses = Array.from({ length: 9 }, (_, length) => bestLoss(weather, length));
  for (let i = 1; i < losses.length; i++) assert.ok(losses[i] <= losses[i - 1] + 1e-12);
  for (const length of [6, 7, 8]) near(losses[length], entropyPerCharacter(weather));
  // With five the last character of a comparison is a guess among three, 1.5 ln 2, once in four sentences.
  near(losses[5] - losses[6], (0.25 * 1.5 * Math.log(2)) / 7.55);
  // With three, after 天下雨 (or 天下雪, 天刮风) either 了 (0.15) or END (0.1) follows.
  const doubt = -(0.6 * Math.log(0.6) + 0.4 * Math.log(0.4));
  near(losses[3] - losses[4], (0.25 * doubt) / 7.55);
});

test('checked by sampling: the mean surprise of 50,000 sentences is the entropy', () => {
  const probability = new Map(weather.map(sentence => [sentence.text, sentence.probability]));
  const surprises = sampleSentences(weatherGrammar, 50_000, seededRandom(2)).map(
    text => -Math.log(probability.get(text) ?? 0),
  );
  const mean = surprises.reduce((sum, surprise) => sum + surprise) / surprises.length;
  const spread = Math.sqrt(surprises.reduce((sum, s) => sum + (s - mean) ** 2, 0) / surprises.length);
  near(mean, entropyPerSentence(weather), (4 * spread) / Math.sqrt(surprises.length));
});

test('what is no language is refused in words', () => {
  for (const ask of [entropyPerSentence, entropyPerCharacter]) {
    assert.throws(
      () => ask([]),
      new RegExp(`${ask.name}: expected sentences .* add up to 1, got a sum of 0`),
    );
  }
  assert.throws(() => bestLoss([{ text: '晴', probability: 0.5 }], 1), /bestLoss: .* got a sum of 0.5/);
  assert.throws(() => bestLoss(lesson, -1), /expected contextLength to be a whole number, 0 or more, got -1/);
});

test.run();
