import { charactersOf } from './vocabulary.ts';

/** The learner's own text, ready to be trained on. */
export interface OwnText {
  /** Empty when the file gave none; `words` say why. */
  readonly sentences: readonly string[];
  /** What was found, in a sentence opened by words in both languages of the course. */
  readonly words: string;
}

const megabyte = 1_000_000;

/** As much as a table learns from in a few seconds: it has a column and a row for each different character. */
const characterLimit = 5_000;

/**
 * The sentences of a text file, or words that say what is wrong with it.
 *
 * It never throws, so that a notebook runs from top to bottom while there is no such file. A sentence ends
 * with its line or with one of 。！？!? which stay with it; spaces around it are cut off.
 *
 * @param name the file's name, for the words
 * @param size its size in bytes; undefined when there is no such file
 * @param read gives its content, read as UTF-8; asked only when the size is right
 *
 * @example
 * ```ts
 * sentencesOfFile('mine.txt', 27, () => '今天晴。明天雨。').sentences // => ['今天晴。', '明天雨。']
 * sentencesOfFile('mine.txt', undefined, () => '').words // => 'No file yet (还没有文件): put a UTF-8 text named mine.txt beside this notebook, then run this cell and the ones below again.'
 * ```
 */
export function sentencesOfFile(name: string, size: number | undefined, read: () => string): OwnText {
  if (size === undefined) {
    return nothing(
      `No file yet (还没有文件): put a UTF-8 text named ${name} beside this notebook, then run this cell and the ones below again.`,
    );
  }
  if (size > megabyte) {
    const found = (size / megabyte).toFixed(1);
    return nothing(
      `Too large (文件太大): ${name} has ${found} MB, at most 1 MB is read here; save a part of it under this name.`,
    );
  }
  let text: string;
  try {
    text = read();
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return nothing(`Cannot be read (读不了): ${name}: ${reason}`);
  }
  // What is no UTF-8 is read as this character.
  if (/[\ufffd\0]/.test(text)) {
    return nothing(
      `Not UTF-8 (不是 UTF-8 文本): ${name} is no text in this encoding; save it as UTF-8 in your editor.`,
    );
  }
  return sentencesOf(name, text);
}

function sentencesOf(name: string, text: string): OwnText {
  const characters = charactersOf(text);
  const sentences =
    characters
      .slice(0, characterLimit)
      .join('')
      .match(/[^\n\r。！？!?]*[。！？!?]*/g) ?? [];
  // The byte order mark that some editors put first is no character of the text; trim takes it off, too.
  const whole = sentences.map(sentence => sentence.trim()).filter(sentence => sentence !== '');
  if (whole.length === 0)
    return nothing(`Empty (文件是空的): ${name} has no text in it; write some sentences.`);
  const used = whole.join('');
  const cut = characters.length > characterLimit ? `; only the first ${characterLimit} are used` : '';
  return {
    sentences: whole,
    words:
      `Read (读到了): ${name} has ${characters.length} characters${cut}: ${whole.length} ${whole.length === 1 ? 'sentence' : 'sentences'}, ` +
      `${new Set(charactersOf(used)).size} different characters.`,
  };
}

function nothing(words: string): OwnText {
  return { sentences: [], words };
}
