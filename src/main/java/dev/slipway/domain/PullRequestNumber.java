package dev.slipway.domain;

/// The number of a pull request in its repository.
///
/// @param value one or more
public record PullRequestNumber(int value) implements Comparable<PullRequestNumber> {
    /// @throws IllegalArgumentException when the value is below one
    public PullRequestNumber {
        if (value < 1) {
            throw new IllegalArgumentException("not a pull request number: " + value);
        }
    }

    @Override
    public int compareTo(PullRequestNumber other) {
        return Integer.compare(value, other.value);
    }

    /// As GitHub writes it, `#482`.
    @Override
    public String toString() {
        return "#" + value;
    }
}
