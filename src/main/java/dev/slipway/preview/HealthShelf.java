package dev.slipway.preview;

import dev.slipway.domain.PullRequestNumber;
import dev.slipway.preview.Preview.Health;
import java.util.List;

/// Where the last answers of previews' Workers outlive a process, so that the next one knows them, with
/// their age, without waking anybody.
public interface HealthShelf {
    /// What was kept; empty when nothing was or it cannot be read.
    List<Kept> read();

    /// Keeps `all` in place of what was kept.
    void write(List<Kept> all);

    /// What the Workers of one preview answered last.
    record Kept(PullRequestNumber number, Health health) {}

    /// One that forgets.
    HealthShelf NONE =
            new HealthShelf() {
                @Override
                public List<Kept> read() {
                    return List.of();
                }

                @Override
                public void write(List<Kept> all) {}
            };
}
