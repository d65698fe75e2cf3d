package dev.slipway.ui.desk;

import dev.slipway.domain.PullRequestNumber;
import dev.slipway.preview.PreviewList;
import dev.slipway.preview.Previews;
import java.util.List;
import java.util.Map;

/// A world without pull requests.
public final class NoPreviews implements Previews {
    @Override
    public PreviewList refresh() {
        return new PreviewList(TestDesk.NOW, Map.of(), List.of());
    }

    @Override
    public PreviewList poll() {
        return refresh();
    }

    @Override
    public PreviewList one(PullRequestNumber number) {
        return refresh();
    }
}
