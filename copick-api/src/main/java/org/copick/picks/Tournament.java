package org.copick.picks;

/** Numbers of which the largest is always known, and its index; of equal ones the first. */
final class Tournament {
    private final double[] values;
    private final int leaves;

    /** The index that won at node i, with the children 2i and 2i+1 and the root 1; −1 at leaves without a number. */
    private final int[] winners;

    /** So many zeros. */
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

    /** The index of the largest. */
    int first() {
        return winners[1];
    }
}
