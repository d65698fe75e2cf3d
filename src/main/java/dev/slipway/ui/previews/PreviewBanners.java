package dev.slipway.ui.previews;

import dev.slipway.domain.Failure;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Sentence;
import dev.slipway.preview.PreviewList;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.ReserveNotice;
import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.kit.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/// Why what the page of previews shows may be incomplete or old, as banners.
final class PreviewBanners {
    private final Desk desk;
    private final PreviewsModel model;
    private final ReserveNotice reserve;
    private final VBox box = new VBox(8);

    /// @param changed draws the page anew
    PreviewBanners(Desk desk, PreviewsModel model, Runnable changed) {
        this.desk = desk;
        this.model = model;
        reserve = new ReserveNotice(desk, model::refresh, changed);
    }

    Node node() {
        return box;
    }

    /// @param list what is shown
    void show(Optional<PreviewList> list) {
        box.getChildren().setAll(banners(list));
        box.setVisible(!box.getChildren().isEmpty());
        box.setManaged(box.isVisible());
    }

    private List<Node> banners(Optional<PreviewList> list) {
        var all = new ArrayList<Node>();
        model.problemProperty()
                .get()
                .ifPresent(problem ->
                        all.add(
                                warning(
                                        "Previews could not be read.",
                                        Sentence.of(problem.sentence())
                                                + " What is shown is from before; nothing was"
                                                + " changed.")));
        reserve.banner(list.map(PreviewList::asOf)).ifPresent(all::add);
        // Being offline is said by the band, for the whole window.
        list.filter(shown -> !shown.offline())
                .map(PreviewList::providers)
                .ifPresent(providers ->
                        providers.forEach((provider, state) ->
                                state.failure()
                                        .filter(f -> !(f instanceof Failure.BudgetSpent))
                                        .ifPresent(f -> all.add(silent(provider, state, f)))));
        return all;
    }

    private Banner silent(Provider provider, PreviewList.ProviderState state, Failure failure) {
        return warning(
                provider.title() + " is not answering.",
                Sentence.of(failure.sentence())
                        + " "
                        + since(state)
                        + " Next try within "
                        + Times.words(desk.refreshEvery())
                        + ".");
    }

    private Banner warning(String title, String text) {
        return Banner.warning(title, text, new Banner.Action("Retry now", model::refresh));
    }

    private String since(PreviewList.ProviderState state) {
        return state.asOf()
                .map(at -> "Its last answer is from " + Times.clock(at, desk.zone()) + ".")
                .orElse("Its part is shown as Unknown.");
    }

    /// For tests: what is said.
    String text() {
        return box.getChildren().stream()
                .map(Node::getAccessibleText)
                .collect(Collectors.joining(" "));
    }
}
