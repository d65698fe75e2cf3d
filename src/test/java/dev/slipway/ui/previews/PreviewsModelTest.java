package dev.slipway.ui.previews;

import static dev.slipway.ui.previews.SomePreviews.list;
import static dev.slipway.ui.previews.SomePreviews.preview;
import static dev.slipway.ui.previews.SomePreviews.withoutNeon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.preview.Preview;
import dev.slipway.preview.Preview.State;
import dev.slipway.preview.PreviewList;
import dev.slipway.preview.Previews;
import dev.slipway.ui.desk.TestDesk;
import dev.slipway.ui.shell.ShellModel;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewsModelTest {
    private static final PreviewList FOUR =
            list(
                    preview(479, "Fix session cookie", State.FAILING),
                    preview(484, "Retry webhooks", State.PARTIAL),
                    preview(482, "New payment flow", State.READY),
                    preview(490, "Try passkeys", State.BUILDING, Optional.empty()));

    private static PreviewsModel started(TestDesk desk) {
        var model = new PreviewsModel(desk.desk);
        model.start();
        return model;
    }

    private static List<Integer> numbers(PreviewsModel model) {
        return model.rowsProperty().get().stream().map(p -> p.number().value()).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "payment            | 482",
                "#484               | 484",
                "48                 | 484 482",
                "kim                | 484 482 490",
                "author:ana         | 479",
                "is:failing         | 479",
                "is:attention kim   | 484",
                "is:draft           | 490",
                "is:mine is:ready   | 482",
                "branch:passkeys    | 490",
                "db:pr-47           | 479",
                "nothing like this  | ''"
            })
    void everyWordOfTheFilterMustHold(String words, String expected) {
        var model = started(new TestDesk(new SomePreviews(FOUR)));

        model.filterProperty().set(words);

        assertThat(numbers(model))
                .map(String::valueOf)
                .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" ", -1));
    }

    @Test
    void groupsCountWhatIsThereWhateverTheFilterSays() {
        var model = started(new TestDesk(new SomePreviews(FOUR)));

        model.filterProperty().set("payment");

        assertThat(model.count(Filter.Group.ALL)).isEqualTo(4);
        assertThat(model.count(Filter.Group.ATTENTION)).isEqualTo(2);
        assertThat(model.count(Filter.Group.BUILDING)).isEqualTo(1);
        assertThat(model.count(Filter.Group.MINE)).isEqualTo(3);
    }

    @Test
    void theRowsOfTheLastSessionStandWhileTheFirstReadingFails() {
        Previews silent =
                new Previews() {
                    @Override
                    public PreviewList refresh() {
                        throw new FailureException(
                                new Failure.Unreachable(Provider.GITHUB, "connection refused"));
                    }

                    @Override
                    public PreviewList poll() {
                        return refresh();
                    }

                    @Override
                    public PreviewList one(PullRequestNumber number) {
                        return refresh();
                    }
                };
        var desk = new TestDesk(silent);
        desk.saved = Optional.of(FOUR);

        var model = started(desk);

        assertThat(numbers(model)).containsExactly(479, 484, 482, 490);
        assertThat(model.problemProperty().get().orElseThrow().sentence())
                .contains("GitHub cannot be reached");
        assertThat(model.readingProperty().get()).isFalse();
    }

    @Test
    void nothingIsReadByItselfWhileOnlyTheCallsForARollbackAreLeft() {
        var some = new SomePreviews(FOUR);
        var desk = new TestDesk(some);
        var model = started(desk);
        desk.desk
                .model()
                .budgets()
                .setAll(
                        new ShellModel.Budget(
                                Provider.CLOUDFLARE,
                                200,
                                200,
                                1200,
                                Optional.of(TestDesk.NOW.plusSeconds(240))));
        int asked = some.asked;

        model.poll();
        assertThat(some.asked).isEqualTo(asked);

        model.refresh();
        assertThat(some.asked).isEqualTo(asked + 1);

        desk.desk.model().budgets().clear();
        model.poll();
        assertThat(some.asked).isEqualTo(asked + 2);
    }

    @Test
    void whatWasReadStaysWithItsAgeWhileNobodyCanBeReached() {
        var nobody = new EnumMap<Provider, PreviewList.ProviderState>(Provider.class);
        for (var provider : List.of(Provider.GITHUB, Provider.NEON, Provider.CLOUDFLARE)) {
            nobody.put(
                    provider,
                    new PreviewList.ProviderState(
                            Optional.of(TestDesk.NOW),
                            Optional.of(new Failure.Unreachable(provider, "no route"))));
        }
        var offline = new PreviewList(TestDesk.NOW.plusSeconds(60), nobody, List.of());
        var model = started(new TestDesk(new SomePreviews(FOUR, offline)));

        model.refresh();

        assertThat(numbers(model)).containsExactly(479, 484, 482, 490);
        assertThat(model.listProperty().get().orElseThrow().offline()).isTrue();
        assertThat(model.listProperty().get().orElseThrow().asOf()).isEqualTo(FOUR.asOf());
    }

    @Test
    void whatWasReadIsSavedForTheNextStart() {
        var desk = new TestDesk(new SomePreviews(FOUR));

        started(desk);

        assertThat(desk.saved).contains(FOUR);
    }

    @Test
    void aSilentProviderIsNamedAndItsPartIsUnknown() {
        var lost = preview(482, "New payment flow", State.UNKNOWN, Optional.empty());
        var model = started(new TestDesk(new SomePreviews(withoutNeon(lost))));

        assertThat(model.answered(Provider.NEON)).isFalse();
        assertThat(model.answered(Provider.GITHUB)).isTrue();
        assertThat(Words.branch(lost, model.answered(Provider.NEON))).contains("Unknown");
        assertThat(Words.branch(lost, true)).isEmpty();
    }

    @Test
    void lookingAtOneChangesThatOneAndLeavesTheOthers() {
        var model = started(new TestDesk(new SomePreviews(FOUR)));

        model.look(482);

        assertThat(model.one(482).orElseThrow().health().latencyMillis()).contains(46L);
        assertThat(model.one(479).orElseThrow().health()).isEqualTo(Preview.Health.UNCHECKED);
        assertThat(numbers(model)).containsExactly(479, 484, 482, 490);
    }

    @Test
    void aListGrowsStaleAfterTwoMissedReadings() {
        var desk = new TestDesk(new SomePreviews(FOUR));
        var model = started(desk);
        var every = desk.desk.refreshEvery();

        assertThat(model.stale(TestDesk.NOW.plus(every))).isFalse();
        assertThat(model.stale(TestDesk.NOW.plus(every.multipliedBy(3)))).isTrue();
    }

    @Test
    void whatIsNotKnownIsNeverCalledPassed() {
        var facts = PreviewFacts.of(preview(482, "New payment flow", State.READY));

        assertThat(facts)
                .filteredOn(fact -> !PreviewFacts.holds(fact))
                .extracting(fact -> fact.name() + ": " + fact.status().word())
                .containsExactly("Preview healthy: Unknown", "Database of its own: Unknown");
    }

    @Test
    void reasonsFitTheirCell() {
        assertThat(Words.brief("0043_email_preferences skipped by Drizzle"))
                .isEqualTo("0043 skipped by Drizzle");
        assertThat(Words.brief("dns, stripe-webhook-handler")).isEqualTo("dns and 1 more");
        assertThat(Words.brief("auth: not deployed")).isEqualTo("auth: not deployed");
    }
}
