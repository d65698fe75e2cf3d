package dev.slipway.ui.wizard;

import dev.slipway.release.Planned;
import dev.slipway.release.rollback.LookListener;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.Services;
import dev.slipway.ui.desk.Starting;
import dev.slipway.ui.kit.Latest;
import dev.slipway.ui.shell.Place;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A wizard without a window: one draft, and what a person can do with it. FX thread only.
///
/// @param <D> the draft
/// @param <G> its pages
public abstract class WizardModel<D extends WizardDraft<D, G, ?>, G extends Enum<G>> {
    /// The window.
    protected final Desk desk;

    private final Latest latest;
    private final D from;
    private final ReadOnlyObjectWrapper<D> draft;
    private Runnable again = this::checkAgain;
    private boolean still;

    /// @param from what is shown at first
    protected WizardModel(Desk desk, D from) {
        this.desk = desk;
        this.from = from;
        latest = new Latest(desk.background());
        draft = new ReadOnlyObjectWrapper<>(from);
    }

    /// What is shown.
    public final ReadOnlyObjectProperty<D> draftProperty() {
        return draft.getReadOnlyProperty();
    }

    /// What is shown now.
    public final D draft() {
        return draft.get();
    }

    /// Shows `other`.
    protected final void show(D other) {
        draft.set(other);
    }

    /// Shows `given` as it is and reads nothing any more, for pictures.
    public final void present(D given) {
        still = true;
        show(given);
    }

    /// Whether it is a picture.
    protected final boolean still() {
        return still;
    }

    /// Whether nothing is being done and nothing starts by itself.
    protected final boolean idle() {
        return draft().state().still();
    }

    /// The page is on screen.
    public abstract void open();

    /// Reads everything again.
    public final void checkAgain() {
        if (!still && idle()) {
            read();
        }
    }

    /// Reads everything the page shown needs.
    protected abstract void read();

    /// On to the next page.
    public abstract void next();

    /// Does again what did not work: no more than that.
    public final void tryAgain() {
        again.run();
    }

    /// Shows a page again.
    public final void visit(G page) {
        if (idle() && draft().pages().contains(page) && page.compareTo(draft().page()) < 0) {
            show(draft().on(page));
        }
    }

    /// To the page before.
    public final void back() {
        var pages = draft().pages();
        var at = pages.indexOf(draft().page());
        if (at > 0) {
            visit(pages.get(at - 1));
        }
    }

    /// Starts the operation: only from a fresh page "Confirm", with the phrase and a reason. A window
    /// that is not armed is armed with that reason first: so close to an incident one reason is enough.
    public void start(String phrase, String reason) {
        if (draft().state().confirmable()) {
            begin(phrase, reason);
        }
    }

    /// Starts what is proposed, and shows the operation.
    protected final void begin(String phrase, String reason) {
        Planned made = draft().proposal().orElseThrow();
        work(
                "Starting",
                (services, _) -> Starting.of(services, made, phrase, reason),
                operation -> {
                    // Who comes back begins again: what was confirmed is not confirmed twice.
                    show(from);
                    desk.navigator().go(new Place.Operation(operation.plan().id()));
                });
    }

    /// Keeps a plan that is shown, so that it can be started.
    protected static <P extends Planned> P kept(Services services, P made) {
        services.plans().put(made.plan());
        return made;
    }

    /// Blocking work, that may say how far it is.
    protected interface Work<T> {
        T with(Services services, LookListener telling) throws Exception;
    }

    /// Does `work` elsewhere. Where it fails, trying again reads the page anew.
    protected final <T> void work(String doing, Work<T> work, Consumer<T> done) {
        work(doing, work, done, this::checkAgain);
    }

    /// Does `work` elsewhere.
    ///
    /// @param retry what is done again where it fails
    protected final <T> void work(String doing, Work<T> work, Consumer<T> done, Runnable retry) {
        again = retry;
        show(draft().doing(doing));
        var services = desk.services();
        latest.start(
                tell ->
                        work.with(
                                services,
                                new Looking(
                                        words -> tell.accept(() -> show(draft().doing(words))))),
                done,
                why -> show(draft().failing(why.sentence())));
    }

    /// What is under way is not waited for any more.
    protected final void forget() {
        latest.forget();
    }
}
