package org.copick.picks;

/** An array of numbers that always knows the index of the largest one; the first of equal ones. */
final class Tournament {
    private final double[] values;
    private final int leaves;

    /**
     * The index of the largest number below each node. Node 1 is the root; node i has the children 2i and 2i + 1; −1
     * if empty.
     */
    private final int[] winners;

    /** Creates an array of zeros. */
    Tournament(int size) {
        values = new double[size];
        int power = 1;
        while (power < size) {
            power *= 2;
        }
        leaves = power;
        winners = new int[2 * power];
        for (int i = 0; i < power; i++) {
            winners[power + i] = i < size ? i : -1;
        }
        for (int node = power - 1; node > 0; node--) {
            winners[node] = winners[2 * node];
        }
    }

    double get(int i) {
        return values[i];
    }

    void set(int i, double value) {
        values[i] = value;
        for (int node = (leaves + i) / 2; node > 0; node /= 2) {
            int left = winners[2 * node];
            int right = winners[2 * node + 1];
            winners[node] = right >= 0 && values[right] > values[left] ? right : left;
        }
    }

    /** Returns the index of the largest number. */
    int first() {
        return winners[1];
    }
}
