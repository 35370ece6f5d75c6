// What the lesson teaches, section by section, and where the course says and shows it.

/** One thing that the lesson teaches: the cells that say it (texts) and those that show or prove it (code). */
export interface Idea {
  /** The heading of the lesson's slide. */
  readonly section: string;
  readonly idea: string;
  readonly notebook: string;
  readonly said: readonly string[];
  readonly shown: readonly string[];
}

/** A formula or table of the lesson, and what of it stands in a cell; white space does not count. */
export interface Formula {
  readonly section: string;
  readonly formula: string;
  readonly notebook: string;
  readonly cell: string;
  readonly stands: readonly string[];
}

// Words of the lesson in its own language; cells by their ids.
const table = `
section | idea | notebook | said | shown
复习 | 训练、数据集、损失函数、优化器 | 01-training-loop | loop-text types-text | types parts
复习 | 大模型：将输入转换为输出的函数，一系列变换的组合 | 01-training-loop | large-text | layers
复习 | 大语言模型是概率模型 | 01-training-loop | chain-text shares-text | sentence all-sum
训练 | 一次循环 | 01-training-loop | loop-text run-text train-text | run lib-run
训练 | 损失是如何衡量的 | 02-data-and-model | loss-text | loss-by-hand loss
训练 | 参数是怎样更新的 | 05-learning-rate | eta-text | eta
例子 - 数据集 | 拟合已知数据，预测未来的数据 | 02-data-and-model | future-text | future-plot mean
例子 - 目标函数 | 数据点貌似在一条直线上 | 02-data-and-model | points-text | points
例子 - 建模与误差 | 盲猜 a = 1 | 02-data-and-model | model-text | model-by-hand model
例子 - 建模与误差 | 虚线长度的平方总和 | 02-data-and-model | residuals-text squares-text | residual-plot squares
例子 - 建模与误差 | 展开：一元二次方程，开口向上 | 03-loss-is-a-parabola | expand-text coefficients-text | sum coefficients
例子 - 建模与误差 | 抛物线的顶点在 (2, 0) | 03-loss-is-a-parabola | vertex-text | curve vertex
例子 - 损失函数与学习 | 损失是参数的函数 | 02-data-and-model | loss-of-a-text with-loss-text | loss-of-a with-loss
例子 - 损失函数与学习 | 尝试 a = 1.5 还是 a = 0.5，看误差的变化 | 04-which-way-is-down | two-tries-text search-text | two-tries search
例子 - 损失函数与学习 | 导数用来衡量变化 | 04-which-way-is-down | secant-text tangent-text | secant tangent
例子 - 损失函数与学习 | 符号判断方向 | 04-which-way-is-down | sign-text compass-text | sign compass
例子 - 损失函数与学习 | 小球往下滚动，有阻尼，最终停下 | 05-learning-rate | ball-text | ball-by-hand ball
例子 - 损失函数与学习 | 在最优值之间来回跳动 | 05-learning-rate | regimes-text | six-paths learning-rates
例子 - 学习率与参数更新 | 导数与误差的变化方向一致（大家可以验证下） | 04-which-way-is-down | sign-text compass-text | sign try-sign
例子 - 学习率与参数更新 | 学习率限制变动的比例 | 05-learning-rate | eta-text factor-text | eta factor
例子 - 小批量学习 | 误差总和：批量学习 | 06-mini-batches | one-point-text | one-point
例子 - 小批量学习 | 过一点有无数条直线 | 06-mini-batches | second-parameter-text through-point-text | three-lines
例子 - 小批量学习 | 几个点一起训练 | 06-mini-batches | through-point-result-text valley-text | through-point valley
大语言模型的预训练 | 学习下一个词的概率分布 | 08-softmax | model-text scores-text | softmax output
预训练 - 数据集 | 输入 x 是什么，输出 y 又是什么 | 07-next-token-data | by-hand-text marks-text | by-hand pairs
预训练 - 数据集 | 自监督 | 07-next-token-data | self-supervised-text | pairs growing
预训练 - 数据集 | 学会何时终止：END | 07-next-token-data | end-text end-result-text | end
预训练 - 数据集 | 挖空与标记：去噪自编码 | 07-next-token-data | sides-text bert-text | one-hole spans causal-and-masked
预训练 - 建模 | 与 y = ax 没有本质的区别 | 08-softmax | model-text lazy-model-text | two-models lazy-model
预训练 - 建模 | 最后的输出是输出概率 | 08-softmax | exp-text output-text | by-hand softmax output
预训练 - 建模 | 无非就是多了很多层的函数以及循环 | 11-toward-gpt | attention-text block-text count-text | attend block scores whole
预训练 - 损失 | 输出的分布与期望的分布 | 09-cross-entropy | two-text | two
预训练 - 损失 | 交叉熵误差 | 09-cross-entropy | formula-text | by-hand cross-entropy
预训练 - 损失 | 用上面的老办法来训练 | 09-cross-entropy | train-text | train
预训练 - 损失 | 同一个循环训练语言模型 | 10-train-a-language-model | train-text learning-text | train learning
`;

export const ideas: Idea[] = table
  .trim()
  .split('\n')
  .slice(1)
  .map(row => {
    const [section, idea, notebook, said, shown] = row.split(' | ');
    return { section, idea, notebook, said: said.split(' '), shown: shown.split(' ') };
  });

const formula = (section: string, formula: string, place: string, ...stands: string[]): Formula => {
  const [notebook, cell] = place.split(' ');
  return { section, formula, notebook, cell, stands };
};

export const formulas: Formula[] = [
  formula(
    '复习',
    'const output = Model(input)',
    '01-training-loop loop-text',
    'const output = model(input);',
  ),
  formula(
    '复习',
    'p(w_1..w_m) = prod P(w_t | w_1..w_{t-1})',
    '01-training-loop chain-text',
    'p(w_1, \\dots, w_m) = \\prod_{t=1}^m P(w_t \\mid w_1, \\dots, w_{t-1})',
  ),
  formula(
    '训练',
    'the loop of nine lines',
    '01-training-loop loop-text',
    'const model = new Model();',
    'const loss = Loss(output, target);',
    'const optimizer = Optimizer(loss);',
    'const newModel = optimizer.update(model);',
  ),
  formula('例子 - 目标函数', 'y = 2x', '02-data-and-model points', 'pointsOnLine([1, 2, 3], 2)'),
  formula('例子 - 建模与误差', 'y = ax', '02-data-and-model model-text', '$$y = a x$$'),
  formula(
    '例子 - 建模与误差',
    'loss = sum [y_i - y_i^model]^2',
    '02-data-and-model loss-text',
    '\\text{loss} = \\sum_{i=1}^{n} \\left[ y_i - a x_i \\right]^2',
  ),
  formula(
    '例子 - 建模与误差',
    '[y - ax]^2 = y^2 + a^2 x^2 - 2ayx',
    '03-loss-is-a-parabola letters',
    'y ^ 2 - 2 y a x + (a x) ^ 2',
    'y ^ 2 - 2 y a x + a ^ 2 x ^ 2',
  ),
  formula(
    '例子 - 建模与误差',
    'the second line prints a x_i^2 for (a x_i)^2',
    '03-loss-is-a-parabola slip-text',
    '$a x_i^2$',
    '$(a x_i)^2$',
  ),
  formula(
    '例子 - 建模与误差',
    'sum x^2 a^2 - sum 2 x y a + sum y^2',
    '03-loss-is-a-parabola slip-text',
    '\\underbrace{\\sum x_i^2}_{A}\\, a^2',
    '\\underbrace{- \\sum 2 x_i y_i}_{B}\\, a',
    '\\underbrace{\\sum y_i^2}_{C}',
  ),
  formula('例子 - 建模与误差', 'vertex (2, 0)', '03-loss-is-a-parabola vertex', '[ 2, 0 ]'),
  formula(
    '例子 - 损失函数与学习',
    'loss = f(a)',
    '02-data-and-model loss-of-a',
    'const loss = (a: number) =>',
    '[ 56, 14, 0, 14 ]',
  ),
  formula(
    '例子 - 损失函数与学习',
    "y = ax^2 + bx + c, y' = 2ax + b",
    '04-which-way-is-down by-hand-text',
    'y = p x^2 + q x + r',
    "y' = 2 p x + q",
  ),
  formula(
    '例子 - 损失函数与学习',
    'd loss / d a = 2Ca - 4C',
    '04-which-way-is-down by-hand-text',
    '\\frac{\\partial\\, \\text{loss}}{\\partial a} = 2 C a - 4 C',
  ),
  formula(
    '例子 - 损失函数与学习',
    'the derivative is 0 at a = 2',
    '04-which-way-is-down sign',
    'a = 2: derivative 0',
  ),
  formula(
    '例子 - 学习率与参数更新',
    "a <- a - loss'",
    '05-learning-rate too-far-text',
    "a \\leftarrow a - \\text{loss}'",
  ),
  formula(
    '例子 - 学习率与参数更新',
    "a <- a - eta loss'",
    '05-learning-rate eta-text',
    "a \\leftarrow a - \\eta \\, \\text{loss}'",
  ),
  formula(
    '预训练 - 数据集',
    'd0 to d6 of 今天天气很好',
    '07-next-token-data pairs',
    'd0 BEGIN 今',
    'd1 今 天',
    'd2 今天 天',
    'd3 今天天 气',
    'd4 今天天气 很',
    'd5 今天天气很 好',
    'd6 今天天气很好 END',
  ),
  formula(
    '预训练 - 损失',
    'E = -sum p(w) log q(w)',
    '09-cross-entropy formula-text',
    'E = -\\sum_{w \\in \\mathcal{V}} p(w) \\log q(w)',
  ),
];

/** A point of 小结: what notebook 12 quotes of it in Chinese, and the cell that proves it. */
export interface SummaryPoint {
  readonly words: string;
  readonly said: string;
  readonly shown: string;
}

const points = `
**训练**：训练是寻找让误差最小的一组参数的过程。 | training-text | lowest
**数据集**：数据集给出一组输入输出，让模型通过学习来得到一组参数。 | dataset-text | dataset
**损失**：损失是模型参数的函数，用来衡量当前模型的参数造成的整体误差。 | loss-text | loss-figure
**学习率**：可以通过对损失函数求导来更新参数，但是通常会乘以一个比率来控制参数变化粒度。 | rate-text | rates
**大语言模型预训练**：采用一种自监督的学习方式来学习语言模型。 | pretraining-text | pretraining
**预训练数据**：通过构造上下文的方式来构造训练数据。 | data-text | pairs
**交叉熵误差**：用来衡量两个概率分布之间的差异。 | cross-entropy-text | cross-entropy
`;

export const summary: SummaryPoint[] = points
  .trim()
  .split('\n')
  .map(row => {
    const [words, said, shown] = row.split(' | ');
    return { words, said, shown };
  });

/** The headings of the lesson's slides, in their order; 小结 is `summary`. */
export const sections = [
  '复习',
  '训练',
  '例子 - 数据集',
  '例子 - 目标函数',
  '例子 - 建模与误差',
  '例子 - 损失函数与学习',
  '例子 - 学习率与参数更新',
  '例子 - 小批量学习',
  '大语言模型的预训练',
  '预训练 - 数据集',
  '预训练 - 建模',
  '预训练 - 损失',
];

/** The terms of the lesson that the glossary of notebook 12 explains. */
export const terms =
  '训练 模型 参数 数据集 样本 损失函数 优化器 参数更新 大模型 向量 概率模型 条件概率 目标函数 建模 盲猜 误差 拟合 ' +
  '抛物线 一元二次方程 极值点 导数 学习率 小球 阻尼 批量学习 小批量 预训练 语料 自监督 标注 上文 占位符 词汇表 ' +
  '去噪自编码 大语言模型 transformer 输出概率 概率分布 交叉熵';
