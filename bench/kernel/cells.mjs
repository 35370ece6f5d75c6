/** The same work in each kernel's language. */

const iterations = '1e7';

const typescriptLong = `
type Reading = { station: string; value: number };
const stations = ['north', 'south', 'east', 'west'];
const readings: Reading[] = stations.flatMap((station, s) =>
  Array.from({ length: 50 }, (_, i) => ({ station, value: Math.sin(i + s) * 10 })),
);
class Statistics {
  private sum = 0;
  private squares = 0;
  count = 0;
  add(value: number): void {
    this.sum += value;
    this.squares += value * value;
    this.count++;
  }
  get mean(): number {
    return this.sum / this.count;
  }
  get deviation(): number {
    return Math.sqrt(this.squares / this.count - this.mean ** 2);
  }
}
const byStation = new Map<string, Statistics>();
for (const { station, value } of readings) {
  const statistics = byStation.get(station) ?? new Statistics();
  statistics.add(value);
  byStation.set(station, statistics);
}
function describe(name: string, statistics: Statistics): string {
  const { mean, deviation } = statistics;
  return \`\${name}: \${mean.toFixed(2)} +- \${deviation.toFixed(2)}\`;
}
const lines = [...byStation].map(([name, statistics]) => describe(name, statistics));
const widest = Math.max(...lines.map(line => line.length));
for (const line of lines) console.log(line.padEnd(widest));
async function later<T>(value: T): Promise<T> {
  return value;
}
const total = await later(readings.reduce((sum, { value }) => sum + value, 0));
total.toFixed(6)`;

const pythonLong = `
import math
from dataclasses import dataclass
@dataclass
class Reading:
    station: str
    value: float
stations = ['north', 'south', 'east', 'west']
readings = [
    Reading(station, math.sin(i + s) * 10) for s, station in enumerate(stations) for i in range(50)
]
class Statistics:
    def __init__(self):
        self.sum = 0
        self.squares = 0
        self.count = 0
    def add(self, value):
        self.sum += value
        self.squares += value * value
        self.count += 1
    @property
    def mean(self):
        return self.sum / self.count
    @property
    def deviation(self):
        return math.sqrt(self.squares / self.count - self.mean ** 2)
by_station = {}
for reading in readings:
    statistics = by_station.setdefault(reading.station, Statistics())
    statistics.add(reading.value)
def describe(name, statistics):
    return f'{name}: {statistics.mean:.2f} +- {statistics.deviation:.2f}'
lines = [describe(name, statistics) for name, statistics in by_station.items()]
widest = max(len(line) for line in lines)
for line in lines:
    print(line.ljust(widest))
async def later(value):
    return value
total = await later(sum(reading.value for reading in readings))
f'{total:.6f}'`;

const step = 'a -= 0.1 * (a - 2)';
const loop = name => `for (let i = 0; i < ${iterations}; i++) ${name} -= 0.1 * (${name} - 2);`;

const typescript = {
  long: typescriptLong,
  declaration: 'const valueNUMBER = { index: NUMBER, name: "value" };',
  lines: 'for (let i = 0; i < 100_000; i++) console.log(i);',
  mathjs: "import { evaluate } from 'mathjs';\nevaluate('sqrt(3 ^ 2 + 4 ^ 2)')",
  loops: {
    'loop, own variable': [`let a = 1; ${loop('a')}`],
    'loop, earlier variable': ['let b = 1;', loop('b')],
    'loop in a function': [`function descend() { let a = 1; ${loop('a')} return a; } descend()`],
  },
};

const showBundle = "display.html('x'.repeat(1_000_000));";

export const cells = {
  downhill: { ...typescript, bundle: showBundle },
  tslab: { ...typescript, bundle: `import { display } from 'tslab';\n${showBundle}` },
  deno: {
    ...typescript,
    bundle: "await Deno.jupyter.display({ 'text/html': 'x'.repeat(1_000_000) }, { raw: true });",
  },
  python: {
    long: pythonLong,
    declaration: 'valueNUMBER = {"index": NUMBER, "name": "value"}',
    lines: 'for i in range(100_000): print(i)',
    bundle: 'from IPython.display import display\ndisplay({"text/html": "x" * 1_000_000}, raw=True)',
    loops: {
      'loop, own variable': [`a = 1.0\nfor i in range(10_000_000): ${step}`],
      'loop, earlier variable': ['b = 1.0', `for i in range(10_000_000): ${step.replaceAll('a', 'b')}`],
      'loop in a function': [
        `def descend():\n    a = 1.0\n    for i in range(10_000_000): ${step}\n    return a\ndescend()`,
      ],
    },
  },
};
