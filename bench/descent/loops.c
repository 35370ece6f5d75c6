/* The same descent in C: loss and gradient of y = a x, step by step. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static double run(const double *x, const double *y, int count, double rate, int steps) {
  double a = 1, loss = 0;
  for (int step = 0; step < steps; step++) {
    double gradient = 0;
    loss = 0;
    for (int i = 0; i < count; i++) {
      double residual = y[i] - a * x[i];
      loss += residual * residual;
      gradient -= 2 * residual * x[i];
    }
    a -= rate * gradient;
  }
  return isfinite(loss) ? a : NAN;
}

int main(int argc, char **argv) {
  for (int k = 1; k < argc; k++) {
    int count = atoi(argv[k]);
    double *x = malloc(count * sizeof *x), *y = malloc(count * sizeof *y), squares = 0;
    for (int i = 0; i < count; i++) {
      x[i] = (i + 1.0) / count;
      y[i] = 2 * x[i];
      squares += x[i] * x[i];
    }
    double rate = 0.1 / squares, check = run(x, y, count, rate, 20);
    int steps = count >= 1000000 ? 50 : 2000000;
    double begun = now(), a = run(x, y, count, rate, steps), seconds = now() - begun;
    if (isnan(a)) return 1;
    printf("{\"name\": \"C (-O3)\", \"count\": %d, \"check\": %.17g, \"secondsPerStep\": %.9g}\n",
           count, check, seconds / steps);
    free(x);
    free(y);
  }
  return 0;
}
