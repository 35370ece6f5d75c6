from contest import contest


def prepare(inputs, targets, learning_rate):
    def run(steps):
        a = 1.0
        for _ in range(steps):
            residuals = targets - a * inputs
            loss = residuals @ residuals
            a -= learning_rate * -2 * (residuals @ inputs)
        assert loss < float("inf")
        return float(a)

    return run


contest("NumPy (float64)", prepare)
